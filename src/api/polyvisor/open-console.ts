import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

/** WebSockets do not come this way: see console-sockets.ts. */
export const openConsole: Handler<'openConsole'> = () => {
  throw badRequest('not-a-websocket', 'This address speaks WebSocket: send the headers of its handshake.')
}
