/** Receiving a libvirt stream to its end, synchronously. Child process only. */
import type { Caller } from './calls.ts'

const chunkBytes = 256 * 1024

/**
 * Opens a stream, lets `start` attach a source to it, and reads it to its end.
 * @returns null when the source sends more than `maxBytes`
 */
export function receiveStream(caller: Caller, maxBytes: number, start: (stream: unknown) => void): Buffer | null {
  const stream = caller.pointer('virStreamNew', caller.connection, 0)
  let isFinished = false
  try {
    start(stream)
    const chunks: Buffer[] = []
    let total = 0
    for (;;) {
      const chunk = Buffer.alloc(chunkBytes)
      const received = caller.number('virStreamRecv', stream, chunk, chunk.length)
      if (received === 0) break
      total += received
      if (total > maxBytes) return null
      chunks.push(chunk.subarray(0, received))
    }
    caller.number('virStreamFinish', stream)
    isFinished = true
    return Buffer.concat(chunks)
  } finally {
    if (!isFinished) caller.native.virStreamAbort(stream)
    caller.native.virStreamFree(stream)
  }
}
