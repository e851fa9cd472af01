/** A target that only takes bytes one after the other: a pipe, an HTTP request. */
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { DiskError } from './disk-error.ts'
import type { OwnedTarget } from './disk-target.ts'
import { InTurn } from './in-turn.ts'

const zeros = Buffer.alloc(1024 * 1024)

export function streamTarget(stream: Writable): OwnedTarget {
  let position = 0
  const turns = new InTurn()
  let failure: Error | undefined
  stream.on('error', (error) => {
    failure ??= error
  })

  /** Resolves when the stream has taken the bytes, which may be used again then. */
  const put = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure)
      const onClose = (): void => reject(failure ?? new Error('the stream was closed before the image was written'))
      stream.once('close', onClose)
      stream.write(bytes, (error) => {
        stream.off('close', onClose)
        if (error === null || error === undefined) resolve()
        else reject(error)
      })
    })

  const fillTo = async (offset: number): Promise<void> => {
    while (position < offset) {
      const bytes = zeros.subarray(0, Math.min(zeros.length, offset - position))
      position += bytes.length
      await put(bytes)
    }
  }

  return {
    isSeekable: false,
    write: (offset, bytes) =>
      turns.run(async () => {
        if (offset < position) {
          throw new DiskError('not-supported', 'This format is not written in one pass. Write it to a file instead.')
        }
        await fillTo(offset)
        position += bytes.length
        await put(bytes)
      }),
    setSize: (sizeBytes) => turns.run(() => fillTo(sizeBytes)),
    async commit() {
      await turns.settle()
      stream.end()
      await finished(stream, { readable: false })
    },
    async discard() {
      await turns.settle()
      stream.destroy()
    },
  }
}
