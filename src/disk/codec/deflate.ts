/** Packs whole buffers with deflate. */
import { deflate, deflateRaw } from 'node:zlib'
import type { DeflateContainer } from '../native/libdeflate.ts'

/** Bytes written to `target`; 0 when they do not fit. */
export type Deflate = (input: Buffer, target: Buffer) => Promise<number>

/** @param level 1 (fast) to 9 (small). With libdeflate where it is installed, else (or when told so) with zlib. */
export async function loadDeflate(
  container: DeflateContainer,
  level: number,
  options: { readonly isNative?: boolean } = {},
): Promise<Deflate> {
  if (options.isNative !== false) {
    const { loadLibdeflate } = await import('../native/libdeflate.ts')
    if (loadLibdeflate() !== undefined) {
      const { runInWorker } = await import('./codec-workers.ts')
      return async (input, target) => (await runInWorker(container, level, input, target)) ?? 0
    }
  }
  const pack = container === 'raw' ? deflateRaw : deflate
  return (input, target) =>
    new Promise((resolve, reject) => {
      pack(input, { level, chunkSize: Math.max(64, input.length + 1024) }, (error, output) => {
        if (error !== null) reject(error)
        else resolve(output.length > target.length ? 0 : output.copy(target))
      })
    })
}
