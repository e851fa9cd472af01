import type { Handler } from '../handler.ts'
import { groupView } from '../views/group.ts'

export const updateGroup: Handler<'updateGroup'> = async ({ params, body }, services) => {
  const { name, description } = body.group
  const group = await services.identity.groups.update(params.group_id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
  })
  return { status: 200, body: { group: groupView(group, services) } }
}
