import { allowedActions } from '../../model/allowed-actions.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const listAllowedActions: Handler<'listAllowedActions'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const host = instance.hostId === null ? undefined : await services.readModel.host(instance.hostId)
  const actions = allowedActions(instance, host?.capabilities.abilities)
  return {
    status: 200,
    body: {
      allowed_actions: actions.map(({ action, refusal }) => ({
        action,
        allowed: refusal === undefined,
        reason: refusal === undefined ? null : `Not while ${refusal.reason}.`,
      })),
    },
  }
}
