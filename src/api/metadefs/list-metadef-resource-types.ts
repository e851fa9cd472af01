import type { Handler } from '../handler.ts'
import { glanceTime } from '../views/image.ts'

export const listMetadefResourceTypes: Handler<'listMetadefResourceTypes'> = async (_request, services) => {
  const types = await services.metadefs.resourceTypes()
  const view = ({ name, createdAtMs }: (typeof types)[number]) => {
    const time = glanceTime(createdAtMs)
    return { name, created_at: time, updated_at: time }
  }
  return { status: 200, body: { resource_types: types.map(view) } }
}
