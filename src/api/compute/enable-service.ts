import type { Handler } from '../handler.ts'
import { serviceNamed } from '../requests/compute-service.ts'

export const enableService: Handler<'enableService'> = async ({ body }, services) => {
  const { host, binary } = body
  const { id } = await serviceNamed(services, body)
  await services.hosts.change(id, { enabled: true, disabledReason: null })
  return { status: 200, body: { service: { host, binary, status: 'enabled' } } }
}
