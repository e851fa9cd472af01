/**
 * The WebSocket ends of consoles: clients come with a token, agents with the key under which they are awaited. Everything
 * that can be refused is refused before the handshake, with an HTTP status.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { ConsoleRelay } from '../console/console-relay.ts'
import { PolyvisorError } from '../model/errors.ts'
import type { RemoteConsoles } from '../operations/remote-consoles.ts'
import { joinStreams } from '../util/join-streams.ts'
import type { Logger } from '../util/logger.ts'
import { webSocketStream } from '../util/web-socket-stream.ts'
import { authenticateAgent } from './authenticate.ts'
import type { Services } from './services.ts'

export interface ConsoleSocketParts {
  readonly consoles: Pick<RemoteConsoles, 'open'>
  readonly relay: ConsoleRelay
  readonly agents: Services['agents']
  readonly log: Logger
}

/** As in openapi.yaml. */
export const clientPath = '/v1/consoles'
const agentPath = '/v1/agent/consoles'

const maxMessageBytes = 1024 * 1024

export class ConsoleSockets {
  readonly #parts: ConsoleSocketParts
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    // What web pages and websockify's clients say; one that says nothing gets nothing.
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
  })

  constructor(parts: ConsoleSocketParts) {
    this.#parts = parts
  }

  /** Others that ask for an upgrade are answered without one, as HTTP has it. */
  wants(request: IncomingMessage): boolean {
    const { path } = targetOf(request)
    return request.headers.upgrade?.toLowerCase() === 'websocket' && (path === clientPath || path === agentPath)
  }

  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined)
    const { path, query } = targetOf(request)
    const work =
      path === clientPath
        ? this.#takeClient(request, socket, head, query.get('token') ?? '')
        : this.#takeAgent(request, socket, head, query.get('key') ?? '')
    work.catch((error: unknown) => this.#refuse(socket, error))
  }

  async #takeClient(request: IncomingMessage, socket: Duplex, head: Buffer, token: string): Promise<void> {
    const requestId = `req-${crypto.randomUUID()}`
    const stream = await this.#parts.consoles.open(token, requestId)
    if (socket.destroyed) return void stream.destroy()
    // Also when the handshake is refused, and nobody takes the stream.
    socket.once('close', () => stream.destroy())
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#parts.log.info({ requestId }, 'a console is open')
      joinStreams(webSocketStream(webSocket), stream)
    })
  }

  async #takeAgent(request: IncomingMessage, socket: Duplex, head: Buffer, key: string): Promise<void> {
    const { relay, agents } = this.#parts
    const { agentId } = await authenticateAgent(request.headers, { agents })
    if (!relay.awaits(key, agentId)) {
      const text = 'Nobody waits here for a console of that key; several APIs behind one address need relayUrl.'
      throw new PolyvisorError('not-found', 'console-not-awaited', text)
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const stream = webSocketStream(webSocket)
      if (!relay.bring(key, stream)) stream.destroy()
    })
  }

  #refuse(socket: Duplex, error: unknown): void {
    const status = error instanceof PolyvisorError ? error.status : 500
    this.#parts.log[status >= 500 ? 'error' : 'info']({ error, status }, 'a console was refused')
    // The client may keep its half open for ever.
    socket.once('finish', () => socket.destroy())
    // Without a body: WebSocket clients take what follows the head for frames.
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }
}

/** What stands in the request line may be anything: it is taken apart without a parser that could throw. */
function targetOf({ url = '/' }: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '', query] = url.split('?', 2)
  return { path, query: new URLSearchParams(query) }
}
