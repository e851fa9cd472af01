/** A plain HTTP server that listens before anything else is ready and stops without cutting answers short. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const keepAliveMs = 75_000
const maxHeaderBytes = 16 * 1024

export interface HttpServer {
  readonly port: number
  serve(listener: RequestListener): void
  /** Finishes the requests under way; those that take longer than `graceMs` are cut. Stopping twice is stopping once. */
  stop(graceMs: number): Promise<void>
}

/** Requests that arrive before `serve` is called wait for it. */
export async function listenHttp(address: { host: string; port: number }): Promise<HttpServer> {
  const ready = Promise.withResolvers<RequestListener>()
  let listener: RequestListener | undefined
  const server = createServer({ maxHeaderSize: maxHeaderBytes, keepAliveTimeout: keepAliveMs }, (request, response) => {
    if (listener !== undefined) listener(request, response)
    else void ready.promise.then((late) => late(request, response))
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
    serve(given) {
      listener = given
      ready.resolve(given)
    },
    stop: (graceMs) => (stopping ??= stop(server, graceMs)),
  }
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
