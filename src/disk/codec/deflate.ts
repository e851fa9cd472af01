/** Packs whole buffers with deflate. */
import { deflate, deflateRaw } from 'node:zlib'
import type { DeflateContainer } from '../native/libdeflate.ts'

/** The packed bytes; undefined when they would not be less than `maxBytes`. */
export type Deflate = (input: Buffer, maxBytes: number) => Promise<Buffer | undefined>

/** @param level 1 (fast) to 9 (small). With libdeflate where it is installed, else (or when told so) with zlib. */
export async function loadDeflate(
  container: DeflateContainer,
  level: number,
  options: { readonly isNative?: boolean } = {},
): Promise<Deflate> {
  if (options.isNative !== false) {
    const { loadLibdeflate } = await import('../native/libdeflate.ts')
    const library = loadLibdeflate()
    if (library !== undefined) {
      return async (input, maxBytes) => {
        const target = Buffer.allocUnsafeSlow(maxBytes - 1)
        const written = await library.compress(container, level, input, target)
        return written === 0 ? undefined : target.subarray(0, written)
      }
    }
  }
  const pack = container === 'raw' ? deflateRaw : deflate
  return (input, maxBytes) =>
    new Promise((resolve, reject) => {
      pack(input, { level, chunkSize: Math.max(64, input.length + 1024) }, (error, output) => {
        if (error === null) resolve(output.length < maxBytes ? output : undefined)
        else reject(error)
      })
    })
}
