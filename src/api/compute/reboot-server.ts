import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const rebootServer: Handler<'rebootServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const isHard = request.body.reboot.type.toUpperCase() === 'HARD'
  await services.instances.act(instance.id, isHard ? 'reboot-hard' : 'reboot-soft', actionContext(request))
  return { status: 202 }
}
