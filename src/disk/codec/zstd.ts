/** zstd on whole buffers, as node:zlib has it. */
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Deflate } from './deflate.ts'
import type { Inflate } from './inflate.ts'

const frameMagic = 0xfd2fb528

/** Like `Inflate`, for one zstd frame. */
export const unzstd: Inflate = (input, target) =>
  new Promise((resolve) => {
    const frameBytes = zstdFrameBytes(input)
    if (frameBytes === undefined) return resolve(undefined)
    zstdDecompress(input.subarray(0, frameBytes), { maxOutputLength: target.length }, (error, output) => {
      if (error !== null) return resolve(undefined)
      output.copy(target)
      resolve(output.length)
    })
  })

/** Like `loadDeflate`. @param level 1 to 19 */
export function zstd(level: number): Deflate {
  const params = { [constants.ZSTD_c_compressionLevel]: level }
  return (input, target) =>
    new Promise((resolve, reject) => {
      zstdCompress(input, { params, chunkSize: Math.max(64, input.length + 1024) }, (error, output) => {
        if (error !== null) reject(error)
        else resolve(output.length > target.length ? 0 : output.copy(target))
      })
    })
}

/** Where the first frame ends (RFC 8878, section 3.1.1): node's decoder takes nothing after it. Undefined: no whole frame. */
function zstdFrameBytes(input: Buffer): number | undefined {
  if (input.length < 6 || input.readUInt32LE(0) !== frameMagic) return undefined
  const descriptor = input.readUInt8(4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >>> 6
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** sizeFlag
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  let at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes
  for (;;) {
    if (at + 3 > input.length) return undefined
    const header = input.readUIntLE(at, 3)
    const isRunLength = ((header >>> 1) & 3) === 1
    at += 3 + (isRunLength ? 1 : header >>> 3)
    if ((header & 1) !== 0) break
  }
  if ((descriptor & 4) !== 0) at += 4
  return at <= input.length ? at : undefined
}
