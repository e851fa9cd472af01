/** Pictures as PNG (ISO/IEC 15948): 8 bits each of red, green and blue, without transparency or interlacing. */
import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

const compress = promisify(deflate)
const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const trueColour = 2
const filterUp = 2

/** @param rgb rows from the top, three bytes for each pixel. @throws RangeError when there are not that many */
export async function encodePng(width: number, height: number, rgb: Buffer): Promise<Buffer> {
  const rowBytes = 3 * width
  if (width < 1 || height < 1 || rgb.length !== rowBytes * height) throw new RangeError('a picture of another size')
  // What is like the row above becomes zeros, as most of a screen is.
  const filtered = Buffer.alloc((rowBytes + 1) * height)
  for (let row = 0; row < height; row++) {
    const from = row * rowBytes
    const to = row * (rowBytes + 1)
    filtered[to] = filterUp
    for (let at = 0; at < rowBytes; at++) {
      const above = row === 0 ? 0 : (rgb[from - rowBytes + at] ?? 0)
      filtered[to + 1 + at] = (rgb[from + at] ?? 0) - above
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, trueColour, 0, 0, 0], 8)
  const data = await compress(filtered)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  data.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}

/** By its first bytes alone. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.equals(bytes.subarray(0, signature.length))
}
