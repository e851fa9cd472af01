/** A lean HTTP client on kept-alive connections, so that the benchmark measures the service and not itself. */
import { Agent, request } from 'node:http'

export interface Answer {
  readonly status: number
  /** Undecoded: reading 160 KB as text would cost the client more than the service spent on them. */
  readonly chunks: readonly Buffer[]
}

function textOf({ chunks }: Answer): string {
  return Buffer.concat(chunks).toString('utf8')
}

export class BenchClient {
  readonly #agent: Agent
  readonly #base: URL
  readonly #headers: Record<string, string>

  constructor(base: string, token: string, connections: number) {
    this.#base = new URL(base)
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
    this.#headers = { 'x-auth-token': token, 'openstack-api-version': 'compute 2.90' }
  }

  send(method: string, path: string, body?: object | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const payload = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: this.#base.hostname,
          port: this.#base.port,
          method,
          path,
          headers: {
            ...this.#headers,
            ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': payload.length }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, chunks }))
          response.on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end(payload)
    })
  }

  /** @throws Error unless the status is the wanted one */
  async expect<T>(
    status: number,
    method: string,
    path: string,
    body?: object | Buffer,
    headers?: Record<string, string>,
  ): Promise<T> {
    const answer = await this.send(method, path, body, headers)
    const text = textOf(answer)
    if (answer.status !== status) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** Runs `work` for the numbers 0 to count-1, at most `clients` at a time. */
export async function inParallel(
  count: number,
  clients: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const client = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}
