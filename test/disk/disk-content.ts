/** One small disk with everything in it that a format can get wrong, and the judgement on a copy of it. */
import { createCipheriv, createHash } from 'node:crypto'
import { openDisk } from '../../src/disk/index.ts'
import { resolveIn } from '../support/written-variants.ts'

/** No multiple of any block, and more than one VHD block. */
export const contentBytes = 9 * 1024 * 1024 + 512 * 3

/** Text that packs well, bytes that do not pack at all, zeros that are written, and holes; data up to the very end. */
function makeContent(): Buffer {
  const content = Buffer.alloc(contentBytes)
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16))
  const noise = cipher.update(Buffer.alloc(700_000))
  noise.copy(content, 3 * 65_536)
  noise.copy(content, 4_100_000, 0, 300_000)
  Buffer.from(noise.subarray(0, 400_000).toString('hex')).copy(content, 6_000_000)
  content.write('end!', contentBytes - 4)
  return content
}
export const content = makeContent()
export const contentSha256 = createHash('sha256').update(content).digest('hex')

/** sha256 of what the engine reads of an image. */
export async function hashOf(path: string, folder: string): Promise<string> {
  await using disk = await openDisk(path, { resolve: resolveIn(folder) })
  const hash = createHash('sha256')
  for await (const extent of disk.extents()) {
    hash.update(extent.kind === 'data' ? extent.data : Buffer.alloc(extent.length))
    if (extent.kind === 'data') extent.release()
  }
  return hash.digest('hex')
}
