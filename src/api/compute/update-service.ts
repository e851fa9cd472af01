import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { serviceOfId } from '../requests/compute-service.ts'
import { readBoolean } from '../requests/words.ts'
import { serviceView } from '../views/hypervisor.ts'

export const updateService: Handler<'updateService'> = async ({ params, body, microversion }, services) => {
  const { status, disabled_reason: reason, forced_down: forcedDown } = body
  if (reason !== undefined && status !== 'disabled')
    throw badRequest('reason-without-disabling', "Specifying disabled_reason requires that status is 'disabled'.")
  if (status === undefined && forcedDown === undefined)
    throw badRequest(
      'nothing-to-change',
      "No updates were requested. Fields 'status' or 'forced_down' should be specified.",
    )
  const { id } = await serviceOfId(services, params.compute_service_id, microversion)
  await services.hosts.change(id, {
    ...(status === undefined ? {} : { enabled: status === 'enabled', disabledReason: reason ?? null }),
    ...(forcedDown === undefined ? {} : { forcedDown: readBoolean('forced_down', forcedDown) }),
  })
  const changed = await serviceOfId(services, params.compute_service_id, microversion)
  return { status: 200, body: { service: serviceView(changed, microversion) } }
}
