/** The command line as a client of the HTTP API: logs in with OS_… variables or with a data directory's admin. */
import { CliError, exitCodes } from './cli-error.ts'
import type { OpenrcVariables } from './openrc.ts'

const timeoutMs = 30_000

export interface ApiClient {
  /**
   * @param path from the service's public URL, for example `/v1/operations/…`
   * @throws CliError with the service's own words
   */
  get<T>(path: string, headers?: Readonly<Record<string, string>>): Promise<T>
  /** Any other method; `body` becomes JSON unless it is bytes or a stream. Same errors as `get`. */
  send(method: string, path: string, options?: RequestOptions): Promise<Response>
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object | Uint8Array<ArrayBuffer> | ReadableStream
}

/** @param variables OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and the scope, as `openrc` prints them */
export async function logIn(variables: OpenrcVariables): Promise<ApiClient> {
  const authUrl = wanted(variables, 'OS_AUTH_URL').replace(/\/+(v3\/?)?$/, '')
  const response = await send(`${authUrl}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity: passwordOf(variables), scope: scopeOf(variables) } }),
  })
  const token = response.headers.get('x-subject-token')
  if (token === null) throw new CliError(exitCodes.failed, `${authUrl} answered without a token; is it a Polyvisor?`)
  const base = authUrl.replace(/\/identity$/, '')
  const sendWithToken: ApiClient['send'] = (method, path, { headers, body } = {}) => {
    const payload: Partial<Payload> = body === undefined ? {} : payloadOf(body)
    return send(`${base}${path}`, {
      method,
      ...payload,
      headers: { ...payload.headers, ...headers, 'x-auth-token': token },
    })
  }
  return {
    async get<T>(path: string, headers: Readonly<Record<string, string>> = {}) {
      const answer = await sendWithToken('GET', path, { headers })
      return (await answer.json()) as T
    },
    send: sendWithToken,
  }
}

interface Payload {
  readonly body: NonNullable<RequestInit['body']>
  readonly headers: Readonly<Record<string, string>>
  readonly duplex?: 'half'
}

function payloadOf(body: NonNullable<RequestOptions['body']>): Payload {
  if (body instanceof Uint8Array) return { body, headers: { 'content-type': 'application/octet-stream' } }
  if (body instanceof ReadableStream) {
    return { body, headers: { 'content-type': 'application/octet-stream' }, duplex: 'half' }
  }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

function passwordOf(variables: OpenrcVariables): object {
  const user = {
    name: wanted(variables, 'OS_USERNAME'),
    password: wanted(variables, 'OS_PASSWORD'),
    domain: domainOf(variables, 'USER'),
  }
  return { methods: ['password'], password: { user } }
}

function scopeOf(variables: OpenrcVariables): object {
  const id = variables['OS_PROJECT_ID']
  if (id !== undefined && id !== '') return { project: { id } }
  return { project: { name: wanted(variables, 'OS_PROJECT_NAME'), domain: domainOf(variables, 'PROJECT') } }
}

function domainOf(variables: OpenrcVariables, kind: 'USER' | 'PROJECT'): object {
  const name = variables[`OS_${kind}_DOMAIN_NAME`]
  return name !== undefined && name !== '' ? { name } : { id: variables[`OS_${kind}_DOMAIN_ID`] ?? 'default' }
}

function wanted(variables: OpenrcVariables, name: string): string {
  const value = variables[name]
  if (value !== undefined && value !== '') return value
  throw new CliError(
    exitCodes.usage,
    `${name} is not set; use --data-dir DIR or: eval "$(polyvisor openrc --data-dir DIR)"`,
  )
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  } catch (cause) {
    const reason = ((cause as Error).cause as Error | undefined)?.message ?? (cause as Error).message
    const text = `no service answers at ${new URL(url).origin} (${reason}); is it running? polyvisor serve starts it`
    throw new CliError(exitCodes.unreachable, text, { cause })
  }
  if (response.ok) return response
  throw new CliError(exitCodeOf(response.status), await faultText(response))
}

function exitCodeOf(status: number): (typeof exitCodes)[keyof typeof exitCodes] {
  if (status === 404) return exitCodes.notFound
  if (status === 401 || status === 403) return exitCodes.denied
  return exitCodes.failed
}

/** The message inside any of the services' fault envelopes: `{itemNotFound: {message}}`, `{error: {message}}`, … */
async function faultText(response: Response): Promise<string> {
  const body = await response.text()
  const requestId = response.headers.get('x-openstack-request-id')
  const suffix = requestId === null ? '' : ` [${requestId}]`
  try {
    const [envelope] = Object.values(JSON.parse(body) as Record<string, { message?: string }>)
    return `${envelope?.message ?? body} (HTTP ${response.status})${suffix}`
  } catch {
    return `${body.slice(0, 500)} (HTTP ${response.status})${suffix}`
  }
}
