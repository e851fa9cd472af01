import type { Handler } from '../handler.ts'
import { serviceNamed } from '../requests/compute-service.ts'

export const disableService: Handler<'disableService'> = async ({ body }, services) => {
  const { host, binary } = body
  const { id } = await serviceNamed(services, body)
  await services.hosts.change(id, { enabled: false, disabledReason: null })
  return { status: 200, body: { service: { host, binary, status: 'disabled' } } }
}
