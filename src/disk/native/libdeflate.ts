/**
 * libdeflate.so.0 (Debian: libdeflate0) through koffi: twice the speed of zlib and smaller results, on whole buffers.
 * Calls run on the thread pool. Owns the native contexts, which one call at a time may use.
 */
import koffi from 'koffi'
import { createLimiter } from '../../util/limiter.ts'

export type DeflateContainer = 'raw' | 'zlib'

type Context = unknown
interface NativeCall<Args extends readonly unknown[], Result> {
  (...args: Args): Result
  async(...args: [...Args, (error: Error | null, result: Result) => void]): void
}
type Compress = NativeCall<[Context, Buffer, number, Buffer, number], number>
type Decompress = NativeCall<[Context, Buffer, number, Buffer, number, [number] | null, [number]], number>

export interface Libdeflate {
  /** Bytes written to `target`; 0 when the result does not fit. */
  compress(container: DeflateContainer, level: number, input: Buffer, target: Buffer): Promise<number>
  /** Bytes written to `target`, what follows the stream is ignored; undefined when the stream is bad or too long. */
  decompress(container: DeflateContainer, input: Buffer, target: Buffer): Promise<number | undefined>
}

/** koffi refuses more than some hundreds; the thread pool runs four. */
const maxCalls = 16

let library: Libdeflate | undefined | 'untried' = 'untried'

/** Undefined where the library is not installed. */
export function loadLibdeflate(): Libdeflate | undefined {
  if (library === 'untried') library = bind()
  return library
}

function bind(): Libdeflate | undefined {
  let lib
  try {
    lib = koffi.load('libdeflate.so.0')
  } catch {
    return undefined
  }
  const allocCompressor = lib.func('void *libdeflate_alloc_compressor(int level)') as unknown as (
    level: number,
  ) => Context
  const allocDecompressor = lib.func('void *libdeflate_alloc_decompressor()') as unknown as () => Context
  const sizes = '(void *context, void *in, size_t inBytes, void *out, size_t outBytes'
  const compress = {
    raw: lib.func(`size_t libdeflate_deflate_compress${sizes})`) as unknown as Compress,
    zlib: lib.func(`size_t libdeflate_zlib_compress${sizes})`) as unknown as Compress,
  }
  const ends = ', _Out_ size_t *inUsed, _Out_ size_t *outUsed)'
  const decompress = {
    raw: lib.func(`int libdeflate_deflate_decompress_ex${sizes}${ends}`) as unknown as Decompress,
    zlib: lib.func(`int libdeflate_zlib_decompress_ex${sizes}${ends}`) as unknown as Decompress,
  }
  // Contexts live as long as the process: as many as calls were ever under way at once.
  const idleCompressors = new Map<number, Context[]>()
  const idleDecompressors: Context[] = []
  const inLine = createLimiter({
    atOnce: maxCalls,
    maxWaiting: Number.POSITIVE_INFINITY,
    whenFull: () => new Error('the line has no end'),
  })
  return {
    compress: (container, level, input, target) =>
      inLine(() => {
        const idle = idleCompressors.get(level) ?? []
        idleCompressors.set(level, idle)
        const context = idle.pop() ?? allocCompressor(level)
        return new Promise((resolve, reject) => {
          compress[container].async(context, input, input.length, target, target.length, (error, written) => {
            idle.push(context)
            if (error === null) resolve(written)
            else reject(error)
          })
        })
      }),
    decompress: (container, input, target) =>
      inLine(() => {
        const context = idleDecompressors.pop() ?? allocDecompressor()
        const outUsed: [number] = [0]
        return new Promise((resolve, reject) => {
          const done = (error: Error | null, result: number): void => {
            idleDecompressors.push(context)
            if (error === null) resolve(result === 0 ? outUsed[0] : undefined)
            else reject(error)
          }
          decompress[container].async(context, input, input.length, target, target.length, [0], outUsed, done)
        })
      }),
  }
}
