import type { Handler } from '../handler.ts'
import { serviceNamed } from '../requests/compute-service.ts'

export const disableServiceWithReason: Handler<'disableServiceWithReason'> = async ({ body }, services) => {
  const { host, binary } = body
  const { id } = await serviceNamed(services, body)
  await services.hosts.change(id, { enabled: false, disabledReason: body.disabled_reason })
  return { status: 200, body: { service: { host, binary, status: 'disabled', disabled_reason: body.disabled_reason } } }
}
