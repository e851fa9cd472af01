/**
 * Reads a byte stream chunk by chunk, taking no more than asked for. Unlike `for await` it leaves the stream whole when
 * the reader stops early, so that an HTTP request can still be answered on the same connection.
 */
import type { Readable } from 'node:stream'

export interface ReadChunksOptions {
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal
  /** Longest wait for the next bytes. */
  readonly idleTimeoutMs?: number
}

/** The stream went silent, or ended before its end. */
export class BrokenStreamError extends Error {
  override readonly name = 'BrokenStreamError'
  readonly reason: 'idle' | 'cut'

  constructor(reason: 'idle' | 'cut', options?: ErrorOptions) {
    super(reason === 'idle' ? 'the stream went silent' : 'the stream was cut before its end', options)
    this.reason = reason
  }
}

/** @throws BrokenStreamError, or the signal's reason */
export async function* readChunks(body: Readable, options: ReadChunksOptions = {}): AsyncGenerator<Buffer, void> {
  // An error may come while nobody waits: it is met at the next look, not thrown at the process.
  body.on('error', () => undefined)
  for (;;) {
    options.signal?.throwIfAborted()
    if (body.errored !== null) throw new BrokenStreamError('cut', { cause: body.errored })
    const chunk = body.read() as Buffer | null
    if (chunk !== null) yield chunk
    else if (body.readableEnded) return
    else if (body.destroyed) throw new BrokenStreamError('cut')
    else await nextChange(body, options)
  }
}

const changes = ['readable', 'end', 'error', 'close'] as const

function nextChange(body: Readable, { signal, idleTimeoutMs }: ReadChunksOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', settle)
      for (const change of changes) body.off(change, settle)
      resolve()
    }
    const timer =
      idleTimeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            reject(new BrokenStreamError('idle'))
            settle()
          }, idleTimeoutMs)
    signal?.addEventListener('abort', settle, { once: true })
    for (const change of changes) body.on(change, settle)
  })
}
