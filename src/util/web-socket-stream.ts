/** The messages of a WebSocket as a stream of bytes, at either end. */
import type { Duplex } from 'node:stream'
import { createWebSocketStream, type WebSocket } from 'ws'

/** A peer that answers no ping for so long is gone. */
const pingEveryMs = 30_000

/** Errors end it without a word: whoever joins streams sees it closed. */
export function webSocketStream(webSocket: WebSocket): Duplex {
  const stream = createWebSocketStream(webSocket)
  stream.on('error', () => undefined)
  let isAlive = true
  webSocket.on('pong', () => (isAlive = true))
  const timer = setInterval(() => {
    if (!isAlive) return webSocket.terminate()
    isAlive = false
    // A peer that is not there yet, or not any more, cannot be asked.
    if (webSocket.readyState === webSocket.OPEN) webSocket.ping()
  }, pingEveryMs)
  timer.unref()
  webSocket.once('close', () => clearInterval(timer))
  return stream
}
