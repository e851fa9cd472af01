import { chainDisk } from '../../algebra/chain-disk.ts'
import { DiskError, corrupt } from '../../disk-error.ts'
import type { DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { RefusableReference } from '../../references.ts'
import type { OpenContext } from '../format.ts'
import { plainReader } from '../raw/open.ts'
import { VhdBlockReader } from './block-reader.ts'
import { readVhdHead } from './inspect.ts'
import type { VhdHead } from './inspect.ts'
import { readParentReference } from './parent.ts'
import { isVhdFooter, parseVhdFooter, vhdFooterBytes } from './structs.ts'

export async function openVhd(source: RandomAccessSource, context: OpenContext): Promise<DiskReader> {
  const head = await readVhdHead(source, context)
  const { virtualSizeBytes, header } = head
  if (header === undefined) {
    return plainReader(source, { fileOffset: 0, lengthBytes: virtualSizeBytes, virtualSizeBytes })
  }
  const reader = await VhdBlockReader.open(source, { header, virtualSizeBytes }, context.signal)
  if (!head.isDifferencing) return reader
  return chainDisk(reader, await openParent(source, head, context))
}

/** The parent must be the very disk that this one was made over: its unique id says so. */
async function openParent(source: RandomAccessSource, head: VhdHead, context: OpenContext): Promise<DiskReader> {
  const reference: RefusableReference = await readParentReference(source, head, context.signal)
  const parentId = head.header?.parentId ?? ''
  return context.openDisk(reference, async (parent) => {
    const bytes = await parent.read(parent.sizeBytes - vhdFooterBytes, vhdFooterBytes, context.signal)
    if (!isVhdFooter(bytes)) throw corrupt('VHD: the parent has no valid footer')
    if (parseVhdFooter(bytes).uniqueId !== parentId) throw wrongParent()
  })
}

function wrongParent(): DiskError {
  return new DiskError(
    'backing-file',
    'VHD: the parent that was found is not the one that the disk was made over. Give the right one.',
  )
}
