/** What is left of an upload that was refused. */
import type { Readable } from 'node:stream'

const maxDrainedBytes = 64 * 1024 * 1024
const maxDrainMs = 30_000

/** Many clients read the answer only after their last byte: the rest is taken and thrown away, up to a point. */
export function drain(stream: Readable): void {
  let drainedBytes = 0
  const giveUp = (): void => void stream.destroy()
  const timer = setTimeout(giveUp, maxDrainMs).unref()
  stream.once('close', () => clearTimeout(timer))
  stream.on('data', (chunk: Buffer) => {
    drainedBytes += chunk.byteLength
    if (drainedBytes > maxDrainedBytes) giveUp()
  })
  stream.resume()
}
