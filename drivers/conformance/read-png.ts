/** Reads a PNG to its end, as a strict viewer does. */
import assert from 'node:assert/strict'
import { crc32, inflateSync } from 'node:zlib'

const signature = '89504e470d0a1a0a'
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** @throws AssertionError where it is none, or not whole. @returns its size in pixels */
export function readPng(bytes: Buffer): { readonly width: number; readonly height: number } {
  assert.equal(bytes.toString('hex', 0, 8), signature, 'it does not begin as a PNG')
  const chunks = [...chunksOf(bytes)]
  const header = chunks[0]?.data ?? Buffer.alloc(0)
  assert.deepEqual([chunks[0]?.type, header.length], ['IHDR', 13], 'its header is not the first')
  assert.equal(chunks.at(-1)?.type, 'IEND', 'its end is missing')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  assert.ok(width > 0 && height > 0, `it has ${width} x ${height} pixels`)
  assert.equal(header[12], 0, 'it is interlaced')
  const rowBits = width * (header[8] ?? 0) * (channels[header[9] ?? -1] ?? 0)
  const wanted = (1 + Math.ceil(rowBits / 8)) * height
  const data = Buffer.concat(chunks.flatMap(({ type, data: part }) => (type === 'IDAT' ? [part] : [])))
  const pixels = inflateSync(data, { maxOutputLength: wanted + 1 })
  assert.equal(pixels.length, wanted, 'its pixels are not all there')
  return { width, height }
}

function* chunksOf(bytes: Buffer): Generator<{ readonly type: string; readonly data: Buffer }> {
  for (let at = 8; at < bytes.length;) {
    assert.ok(at + 12 <= bytes.length, 'it ends within a chunk')
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    assert.ok(end <= bytes.length, 'it ends within a chunk')
    assert.equal(crc32(bytes.subarray(at + 4, end - 4)), bytes.readUInt32BE(end - 4), 'a checksum is wrong')
    yield { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end - 4) }
    at = end
  }
}
