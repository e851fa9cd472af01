/** A plain HTTP server that listens before anything else is ready and stops without cutting answers short. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

const keepAliveMs = 75_000
const maxHeaderBytes = 16 * 1024

/** What takes connections over that shall speak another protocol. */
export interface Upgrades {
  /** Others are answered as plain requests. */
  wants(request: IncomingMessage): boolean
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export interface HttpServer {
  readonly port: number
  serve(listener: RequestListener, upgrades?: Upgrades): void
  /**
   * Finishes the requests under way; those that take longer than `graceMs` are cut, connections that were taken over at
   * once. Stopping twice is stopping once.
   */
  stop(graceMs: number): Promise<void>
}

/** Requests that arrive before `serve` is called wait for it. */
export async function listenHttp(address: { host: string; port: number }): Promise<HttpServer> {
  const ready = Promise.withResolvers<RequestListener>()
  let listener: RequestListener | undefined
  let upgrades: Upgrades | undefined
  const options = {
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: keepAliveMs,
    shouldUpgradeCallback: (request: IncomingMessage) => upgrades?.wants(request) === true,
  }
  const server = createServer(options, (request, response) => {
    if (listener !== undefined) listener(request, response)
    else void ready.promise.then((late) => late(request, response))
  })
  const takenOver = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    takenOver.add(socket)
    socket.once('close', () => takenOver.delete(socket))
    upgrades?.handle(request, socket, head)
  })
  // Uploads take as long as they take; the image service ends those that make no progress.
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, resolve)
  })
  let stopping: Promise<void> | undefined
  return {
    port: (server.address() as AddressInfo).port,
    serve(given, givenUpgrades) {
      listener = given
      upgrades = givenUpgrades
      ready.resolve(given)
    },
    stop: (graceMs) => (stopping ??= stop(server, takenOver, graceMs)),
  }
}

async function stop(server: Server, takenOver: ReadonlySet<Duplex>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  for (const socket of takenOver) socket.destroy()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
