/**
 * The WebSocket ends of consoles: clients come with a token, agents with the key under which they are awaited. Everything
 * that can be refused is refused before the handshake, with an HTTP status.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer, type WebSocket } from 'ws'
import type { ConsoleRelay } from '../console/console-relay.ts'
import { PolyvisorError } from '../model/errors.ts'
import type { RemoteConsoles } from '../operations/remote-consoles.ts'
import { joinStreams } from '../util/join-streams.ts'
import type { Logger } from '../util/logger.ts'
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
/** A peer that answers no ping for so long is gone. */
const pingEveryMs = 30_000

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
    const path = addressOf(request).pathname
    return request.headers.upgrade?.toLowerCase() === 'websocket' && (path === clientPath || path === agentPath)
  }

  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined)
    const { pathname, searchParams } = addressOf(request)
    const work =
      pathname === clientPath
        ? this.#takeClient(request, socket, head, searchParams.get('token') ?? '')
        : this.#takeAgent(request, socket, head, searchParams.get('key') ?? '')
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
      joinStreams(carrierOf(webSocket), stream)
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
      const stream = carrierOf(webSocket)
      if (!relay.bring(key, stream)) stream.destroy()
    })
  }

  #refuse(socket: Duplex, error: unknown): void {
    const status = error instanceof PolyvisorError ? error.status : 500
    this.#parts.log[status >= 500 ? 'error' : 'info']({ error, status }, 'a console was refused')
    // Without a body: WebSocket clients take what follows the head for frames.
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }
}

function carrierOf(webSocket: WebSocket): Duplex {
  const stream = createWebSocketStream(webSocket)
  stream.on('error', () => undefined)
  let isAlive = true
  webSocket.on('pong', () => (isAlive = true))
  const timer = setInterval(() => {
    if (!isAlive) return webSocket.terminate()
    isAlive = false
    webSocket.ping()
  }, pingEveryMs)
  timer.unref()
  webSocket.once('close', () => clearInterval(timer))
  return stream
}

function addressOf(request: IncomingMessage): URL {
  return new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://localhost')
}
