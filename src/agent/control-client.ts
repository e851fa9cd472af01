/** What an agent asks of the API of its control plane: to join, for an account on the bus, for images and to take them. */
import type { BusAccount } from '../model/agent.ts'

export interface Enrolment {
  readonly id: string
  readonly token: string
  readonly bus: BusAccount
}

export interface ReceivedImage {
  readonly size: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** The API answered, and said no. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const answerTimeoutMs = 20_000

export class ControlClient {
  readonly #url: string

  /** @param url of the API, without a slash at its end */
  constructor(url: string) {
    this.#url = url
  }

  /** @throws ControlRefusal; others when the API cannot be reached */
  async enrol(name: string, secret: string): Promise<Enrolment> {
    const body = { agent: { name, enrolment_secret: secret } }
    return (await this.#post<{ agent: Enrolment }>('/v1/agents', undefined, body)).agent
  }

  async renewBusAccount(token: string): Promise<BusAccount> {
    return (await this.#post<{ bus: BusAccount }>('/v1/agent/bus-account', token)).bus
  }

  /** Begins to fetch an image's bytes from `offset` on. */
  async fetchImage(token: string, imageId: string, offset: number, signal: AbortSignal): Promise<Response> {
    const body = { image_id: imageId }
    const { address } = await this.#post<{ address: { path: string } }>('/v1/agent/image-addresses', token, body)
    const headers = offset === 0 ? {} : { range: `bytes=${offset}-` }
    const response = await fetch(`${this.#url}${address.path}`, { headers, signal })
    if (response.status !== (offset === 0 ? 200 : 206)) throw await refusalOf(response)
    return response
  }

  /**
   * Sends an image's bytes. A failure may leave part of them there: then all are sent anew, which is harmless.
   * @returns what arrived; undefined when the image had its bytes already, and none were asked for
   */
  async sendImage(
    token: string,
    imageId: string,
    image: { readonly format: string; readonly bytes: AsyncIterable<Uint8Array> },
    signal: AbortSignal,
  ): Promise<ReceivedImage | undefined> {
    type Answer = { readonly upload: { readonly path: string } | null }
    const { upload } = await this.#post<Answer>('/v1/agent/image-uploads', token, { image_id: imageId })
    if (upload === null) return undefined
    const response = await fetch(`${this.#url}${upload.path}&disk_format=${image.format}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      // The types know no async iterables yet, and fetch does.
      body: image.bytes as unknown as ReadableStream<Uint8Array>,
      duplex: 'half',
      signal,
    } as RequestInit)
    if (!response.ok) throw await refusalOf(response)
    return ((await response.json()) as { readonly image: ReceivedImage }).image
  }

  async #post<T>(path: string, token: string | undefined, body?: object): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: {
        ...(token === undefined ? {} : { 'x-auth-token': token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    })
    if (!response.ok) throw await refusalOf(response)
    return (await response.json()) as T
  }
}

async function refusalOf(response: Response): Promise<ControlRefusal> {
  const text = await response.text().catch(() => '')
  let message = text.slice(0, 200)
  try {
    message = (JSON.parse(text) as { error: { message: string } }).error.message
  } catch {
    // Not our envelope: a proxy's page, for one.
  }
  return new ControlRefusal(response.status, message)
}
