import { instanceActionKinds } from '../../model/instance-actions.ts'
import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { serverWithHistory } from '../requests/visible-server.ts'
import { instanceActionDetailView } from '../views/instance-action.ts'

export const showInstanceAction: Handler<'showInstanceAction'> = async ({ auth, microversion, params }, services) => {
  const server = await serverWithHistory(services, params.server_id, auth, microversion)
  const [operation] =
    (await services.readModel.operations({
      instanceId: server.instance.id,
      kinds: instanceActionKinds,
      requestId: params.request_id,
      limit: 1,
    })) ?? []
  if (operation === undefined) {
    throw new PolyvisorError(
      'not-found',
      'instance-action-not-found',
      `Action for request_id ${params.request_id} on instance ${server.instance.id} not found.`,
    )
  }
  const viewer = { version: microversion, isAdmin: auth.isAdmin }
  return { status: 200, body: { instanceAction: instanceActionDetailView(operation, server, viewer) } }
}
