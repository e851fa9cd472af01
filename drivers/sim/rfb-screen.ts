/**
 * The screen of a simulated guest, black, as an RFB server (RFC 6143) without a password: enough for any viewer to connect
 * and to show it. One stream is one viewer.
 */
import { Transform, type Duplex } from 'node:stream'

const width = 64
const height = 48
const name = 'Polyvisor sim'

type Phase = 'version' | 'security' | 'init' | 'messages'

export function rfbScreen(): Duplex {
  const screen = new Screen()
  // It takes no more while the viewer does not read.
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, Buffer.concat(screen.take(chunk)))
      } catch (error) {
        done(error as Error)
      }
    },
  })
  stream.push('RFB 003.008\n')
  return stream
}

class Screen {
  #phase: Phase = 'version'
  #isOld = false
  #pixelBytes = 4
  #input = Buffer.alloc(0)

  /** @returns what the server says to it, one message each */
  take(chunk: Buffer): readonly Buffer[] {
    this.#input = Buffer.concat([this.#input, chunk])
    const answers: Buffer[] = []
    for (;;) {
      const length = this.#lengthOfNext()
      if (length === undefined || this.#input.length < length) return answers
      const message = this.#input.subarray(0, length)
      this.#input = this.#input.subarray(length)
      answers.push(...this.#answer(message))
    }
  }

  /** undefined while too little is here to tell. */
  #lengthOfNext(): number | undefined {
    if (this.#phase === 'version') return 12
    if (this.#phase !== 'messages') return 1
    const [type] = this.#input
    if (type === undefined) return undefined
    if (type === 2) return this.#input.length < 4 ? undefined : 4 + 4 * this.#input.readUInt16BE(2)
    if (type === 6) return this.#input.length < 8 ? undefined : 8 + cutTextLength(this.#input.readUInt32BE(4))
    const length = fixedLengths[type]
    if (length === undefined) throw new Error(`RFB has no client message ${type}`)
    return length
  }

  #answer(message: Buffer): readonly Buffer[] {
    switch (this.#phase) {
      case 'version':
        // Before 3.7 the server decides on the security by itself.
        this.#isOld = message.toString('latin1') < 'RFB 003.007'
        this.#phase = this.#isOld ? 'init' : 'security'
        return [this.#isOld ? uint32(1) : Buffer.from([1, 1])]
      case 'security':
        if (message[0] !== 1) throw new Error('RFB: this server knows no security but none')
        this.#phase = 'init'
        return [uint32(0)]
      case 'init':
        this.#phase = 'messages'
        return [serverInit()]
      case 'messages':
        if (message[0] === 0) this.#pixelBytes = Math.max(1, Math.ceil((message[4] ?? 32) / 8))
        // An incremental request is answered when something changes, which nothing does.
        return message[0] === 3 && message[1] === 0 ? [blackPicture(this.#pixelBytes)] : []
    }
  }
}

/** SetPixelFormat, FramebufferUpdateRequest, KeyEvent, PointerEvent. */
const fixedLengths: Readonly<Record<number, number>> = { 0: 20, 3: 10, 4: 8, 5: 6 }

function cutTextLength(length: number): number {
  if (length > 65_536) throw new Error('RFB: the clipboard is too long')
  return length
}

function serverInit(): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt16BE(width, 0)
  head.writeUInt16BE(height, 2)
  // 32 bits per pixel, depth 24, little-endian, true colour, 8 bits each of red, green and blue.
  head.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4)
  head.writeUInt32BE(name.length, 20)
  return Buffer.concat([head, Buffer.from(name, 'latin1')])
}

/** The whole screen as one raw rectangle. */
function blackPicture(pixelBytes: number): Buffer {
  const picture = Buffer.alloc(16 + width * height * pixelBytes)
  picture.writeUInt16BE(1, 2)
  picture.writeUInt16BE(width, 8)
  picture.writeUInt16BE(height, 10)
  return picture
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
