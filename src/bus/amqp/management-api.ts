/** RabbitMQ's management HTTP API, as far as accounts need it. Its errors say what to do about them. */
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { JsonObject } from '../../util/json.ts'
import { BusError } from '../bus-error.ts'
import type { TlsOptions } from './address.ts'
import { messageOf } from './amqp-error.ts'

export interface ManagementOptions {
  /** http(s)://host:port, without credentials and without a slash at its end. */
  readonly url: string
  readonly username: string
  /** Asked at each request: a password may be changed while we run. */
  readonly password: () => Promise<string>
  readonly tls: TlsOptions
}

type Method = 'PUT' | 'DELETE'

const timeoutMs = 10_000

export class ManagementApi {
  readonly #options: ManagementOptions

  constructor(options: ManagementOptions) {
    this.#options = options
  }

  /** @param path its words, which need no escaping yet. @throws BusError */
  async put(path: readonly string[], body: JsonObject): Promise<void> {
    await this.#call('PUT', path, body)
  }

  /** What is not there is gone already. @throws BusError */
  async delete(path: readonly string[]): Promise<void> {
    await this.#call('DELETE', path)
  }

  async #call(method: Method, path: readonly string[], body?: JsonObject): Promise<void> {
    const { url, username } = this.#options
    const what = `${method} ${path.join('/')}`
    const { status, answer } = await this.#request(method, path, body).catch((cause: unknown) => {
      const hint = 'is the plugin rabbitmq_management enabled, and bus.managementUrl right?'
      throw new BusError(`RabbitMQ's management at ${url} does not answer (${messageOf(cause)}); ${hint}`, { cause })
    })
    if (status < 300 || (method === 'DELETE' && status === 404)) return
    if (status === 401 || status === 403) {
      const hint = 'its password must be right, and it needs the tag administrator to make accounts for agents'
      throw new BusError(`RabbitMQ's management at ${url} refuses user "${username}" (${status}, ${what}); ${hint}`)
    }
    throw new BusError(`RabbitMQ's management at ${url} refused ${what}: ${status} ${answer.slice(0, 300)}`)
  }

  async #request(
    method: Method,
    path: readonly string[],
    body?: JsonObject,
  ): Promise<{ status: number; answer: string }> {
    const { url, username, password, tls } = this.#options
    const authorization = `Basic ${Buffer.from(`${username}:${await password()}`).toString('base64')}`
    const target = `${url}/api/${path.map(encodeURIComponent).join('/')}`
    const options = { method, headers: { authorization, 'content-type': 'application/json' }, timeout: timeoutMs }
    return new Promise((resolve, reject) => {
      const call = url.startsWith('https:') ? tlsRequest(target, { ...options, ...tls }) : plainRequest(target, options)
      call.on('response', (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject)
      })
      call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
      call.on('error', reject)
      call.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }
}
