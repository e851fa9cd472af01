/** A web server on this machine that answers as a test says, and counts who asked for what. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface WebServer {
  readonly url: string
  readonly port: number
  /** Paths that were asked for. */
  readonly asked: string[]
  /** By path; others are 404. */
  readonly answers: Map<string, RequestListener>
  stop(): void
}

export async function startWebServer(): Promise<WebServer> {
  const asked: string[] = []
  const answers = new Map<string, RequestListener>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = answers.get(path)
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    answers,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
