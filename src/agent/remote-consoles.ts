/** Consoles to the control plane's API: the agent dials, so hosts need no open port. */
import WebSocket from 'ws'
import { joinStreams } from '../util/join-streams.ts'
import { webSocketStream } from '../util/web-socket-stream.ts'
import type { ConsoleStreams } from './console-streams.ts'

export interface RemoteConsoleParts {
  /** Of the API, without a slash at its end. */
  readonly url: string
  readonly token: () => string
}

const handshakeMs = 10_000

export function remoteConsoles({ url, token }: RemoteConsoleParts): ConsoleStreams {
  return {
    async bring(key, stream, relayUrl) {
      const base = (relayUrl ?? url).replace(/^http/, 'ws')
      const socket = new WebSocket(`${base}/v1/agent/consoles?key=${encodeURIComponent(key)}`, {
        headers: { 'x-auth-token': token() },
        handshakeTimeout: handshakeMs,
        perMessageDeflate: false,
      })
      // From the start: what the API sends at once must find a reader.
      const carried = webSocketStream(socket)
      await new Promise<void>((resolve, reject) => {
        socket.once('open', resolve)
        socket.once('error', reject)
      })
      joinStreams(stream, carried)
    },
  }
}
