import { badRequest, conflict } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

/** As much as Nova keeps. */
const maxBytes = 100 * 1024

export const getConsoleOutput: Handler<'getConsoleOutput'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const lines = wantedLines(request.body['os-getConsoleOutput'].length)
  if (instance.hostId === null) {
    throw conflict(
      'instance-not-ready',
      `Instance ${instance.id} is not ready: it has no host yet. Wait until it is ACTIVE.`,
    )
  }
  const bytes = await services.consoles.readLog(instance.id, maxBytes)
  return { status: 200, body: { output: lastLines(printable(new TextDecoder().decode(bytes)), lines) } }
}

/** undefined: all that is kept. */
function wantedLines(length: number | string | null | undefined): number | undefined {
  if (length === undefined || length === null || Number(length) === -1) return undefined
  if (Number(length) >= 0) return Number(length)
  throw badRequest('invalid-length', 'Invalid input for field/attribute length: it must be -1 or more.')
}

/** Without the control characters that terminals act on and JSON readers trip over; tabs and line ends stay. */
function printable(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]+/g, '')
}

/** As Nova counts them: what follows the last line's end is a line too, mostly an empty one. */
function lastLines(text: string, count: number | undefined): string {
  if (count === undefined) return text
  return count === 0 ? '' : text.split('\n').slice(-count).join('\n')
}
