/** A console as a viewer has it: the WebSocket of a console's URL, opened and read. */
import WebSocket from 'ws'

export class ConsoleClient {
  readonly socket: WebSocket
  readonly ended: Promise<void>
  #bytes = Buffer.alloc(0)
  #wake = Promise.withResolvers<void>()

  private constructor(socket: WebSocket) {
    this.socket = socket
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('message', (data: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, data])
      this.#wake.resolve()
    })
  }

  /** @param url of a serial console, or of noVNC's page. @throws Error `Unexpected server response: 403` */
  static async open(url: string): Promise<ConsoleClient> {
    const socket = new WebSocket(streamUrlOf(url), ['binary'])
    const client = new ConsoleClient(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return client
  }

  send(bytes: Buffer | string): void {
    this.socket.send(bytes)
  }

  async take(count: number): Promise<Buffer> {
    await this.#until(() => this.#bytes.length >= count, `${count} bytes`)
    const taken = this.#bytes.subarray(0, count)
    this.#bytes = this.#bytes.subarray(count)
    return taken
  }

  /** Waits until that stands in what came since the last `take`. */
  async sees(text: string): Promise<void> {
    await this.#until(() => this.#bytes.includes(text), text)
  }

  async close(): Promise<void> {
    this.socket.close()
    await this.ended
  }

  async #until(isThere: () => boolean, what: string): Promise<void> {
    const late = setTimeout(() => this.#wake.reject(new Error(`waited in vain for ${what}`)), 20_000)
    try {
      while (!isThere()) {
        await this.#wake.promise
        if (!isThere()) this.#wake = Promise.withResolvers<void>()
      }
    } finally {
      clearTimeout(late)
      this.#wake = Promise.withResolvers<void>()
    }
  }
}

/** As noVNC reads its page's address. */
function streamUrlOf(url: string): string {
  const page = new URL(url)
  const path = page.searchParams.get('path')
  return path === null ? url : `${page.origin.replace(/^http/, 'ws')}/${path}`
}

/** Talks to an RFB server until it has told its screen. @returns the name of the desktop */
export async function readDesktopName(viewer: ConsoleClient): Promise<string> {
  const version = (await viewer.take(12)).toString('latin1')
  if (version !== 'RFB 003.008\n') throw new Error(`it says ${version}`)
  viewer.send(version)
  const [count = 0] = await viewer.take(1)
  if (!(await viewer.take(count)).includes(1)) throw new Error('it wants a password')
  viewer.send(Buffer.from([1]))
  if ((await viewer.take(4)).readUInt32BE() !== 0) throw new Error('it refuses')
  viewer.send(Buffer.from([1]))
  const length = (await viewer.take(24)).readUInt32BE(20)
  return (await viewer.take(length)).toString('latin1')
}
