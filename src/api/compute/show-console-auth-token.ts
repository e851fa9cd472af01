import { notFound, PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { consolePlace } from '../views/console.ts'

export const showConsoleAuthToken: Handler<'showConsoleAuthToken'> = async (request, services) => {
  const { console_token: token } = request.params
  const found = await services.remoteConsoles.look(token)
  if (found === undefined) throw notFound('console auth token', token)
  if (request.microversion < 31) {
    const text = 'The requested console type details are not accessible; use microversion 2.31 or later.'
    throw new PolyvisorError('unauthorized', 'console-type-not-accessible', text)
  }
  const console = { instance_uuid: found.instanceId, ...consolePlace(services.publicUrl, token) }
  return { status: 200, body: { console } }
}
