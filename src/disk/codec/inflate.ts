/** Unpacks one deflate stream into a buffer of a known size: no stream, however made, writes or allocates more than that. */
import { inflate, inflateRaw } from 'node:zlib'
import type { DeflateContainer } from '../native/libdeflate.ts'

/** Bytes written to `target`; undefined when the stream is damaged or longer than `target`. Bytes after it are ignored. */
export type Inflate = (input: Buffer, target: Buffer) => Promise<number | undefined>

/** With libdeflate where it is installed, else (or when told so) with zlib. */
export async function loadInflate(
  container: DeflateContainer,
  options: { readonly isNative?: boolean } = {},
): Promise<Inflate> {
  if (options.isNative !== false) {
    const { loadLibdeflate } = await import('../native/libdeflate.ts')
    if (loadLibdeflate() !== undefined) {
      const { runInWorker } = await import('./codec-workers.ts')
      return (input, target) => runInWorker(container, undefined, input, target)
    }
  }
  const unpack = container === 'raw' ? inflateRaw : inflate
  return (input, target) =>
    new Promise((resolve) => {
      unpack(input, { maxOutputLength: target.length }, (error, output) => {
        if (error !== null) return resolve(undefined)
        output.copy(target)
        resolve(output.length)
      })
    })
}
