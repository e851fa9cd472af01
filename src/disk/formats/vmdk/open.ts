import { chainDisk } from '../../algebra/chain-disk.ts'
import { concatDisk } from '../../algebra/concat-disk.ts'
import { assertInside, readInside } from '../../bounds.ts'
import { DiskError, corrupt } from '../../disk-error.ts'
import type { DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { OpenContext } from '../format.ts'
import { plainReader } from '../raw/open.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { assertOwnExtent } from './descriptor.ts'
import type { VmdkDescriptor, VmdkExtent } from './descriptor.ts'
import { openGrainReader } from './grain-reader.ts'
import { readVmdkHeader } from './header.ts'
import { readOwnDescriptor, readTextDescriptor } from './inspect.ts'
import { extentReference, parentReference } from './references.ts'
import { hasVmdkMagic, vmdkSectorBytes } from './structs.ts'
import { checkVmdkTables } from './tables.ts'

/** Readers of one disk hold at most so many files open. */
const maxExtents = 1024

export async function openVmdk(source: RandomAccessSource, context: OpenContext): Promise<DiskReader> {
  const { descriptor, start } = await readDescriptor(source, context)
  const isSparse = hasVmdkMagic(start)
  const reader = isSparse ? await openSparse(source, context) : await openExtents(descriptor, context)
  if (!descriptor.hasParent) return reader
  const parent = await context.openDisk(parentReference(descriptor), async (file) => {
    const { descriptor: found } = await readDescriptor(file, context)
    if (found.contentId !== descriptor.parentContentId) throw wrongParent()
  })
  return chainDisk(reader, parent)
}

async function readDescriptor(
  source: RandomAccessSource,
  context: OpenContext,
): Promise<{ readonly descriptor: VmdkDescriptor; readonly start: Buffer }> {
  const length = Math.min(source.sizeBytes, vmdkSectorBytes)
  const start = await readInside(source, 0, length, 'The VMDK header', context.signal)
  if (!hasVmdkMagic(start)) return { descriptor: await readTextDescriptor(source, start, context), start }
  const header = await readVmdkHeader(source, context)
  const descriptor = await readOwnDescriptor(source, header, context)
  assertOwnExtent(descriptor, header.capacitySectors)
  return { descriptor, start }
}

/** @param isSplit the file is one extent of several */
async function openSparse(source: RandomAccessSource, context: OpenContext, isSplit = false): Promise<DiskReader> {
  const header = await readVmdkHeader(source, context, { isSplit })
  await checkVmdkTables(source, header, context, { readsMarkers: false })
  return openGrainReader(source, header, context.signal)
}

async function openExtents(descriptor: VmdkDescriptor, context: OpenContext): Promise<DiskReader> {
  const { extents } = descriptor
  if (extents.length === 0) throw corrupt('VMDK: the descriptor has no extents')
  if (extents.length > maxExtents) throw corrupt(`VMDK: the descriptor has more than ${maxExtents} extents`)
  const sizeBytes = extents.reduce((sum, { sectors }) => sum + sectors * vmdkSectorBytes, 0)
  assertVirtualSize(sizeBytes, context.limits)
  const parts: DiskReader[] = []
  for (const extent of extents) parts.push(await openExtent(extent, context))
  return concatDisk(parts)
}

async function openExtent(extent: VmdkExtent, context: OpenContext): Promise<DiskReader> {
  const virtualSizeBytes = extent.sectors * vmdkSectorBytes
  if (extent.sectors === 0 || extent.access === 'NOACCESS') throw corrupt('VMDK: an extent is empty or not accessible')
  if (extent.type === 'ZERO') return zeroReader(virtualSizeBytes)
  if (extent.type !== 'FLAT' && extent.type !== 'VMFS' && extent.type !== 'SPARSE') {
    throw new DiskError('not-supported', 'VMDK: extents of this type are not read. Clone the disk or export it.')
  }
  const file = await context.openFile(extentReference(extent))
  if (extent.type === 'SPARSE') {
    const magic = await readInside(file, 0, 4, 'A VMDK extent', context.signal)
    if (!hasVmdkMagic(magic)) throw corrupt('VMDK: an extent that should be sparse is not')
    const reader = await openSparse(file, context, true)
    if (reader.virtualSizeBytes !== virtualSizeBytes)
      throw corrupt('VMDK: an extent and the descriptor disagree about its size')
    return reader
  }
  const fileOffset = extent.offsetSectors * vmdkSectorBytes
  assertInside(file.sizeBytes, fileOffset, virtualSizeBytes, 'A flat VMDK extent')
  return plainReader(file, { fileOffset, lengthBytes: virtualSizeBytes, virtualSizeBytes })
}

function zeroReader(virtualSizeBytes: number): DiskReader {
  return {
    virtualSizeBytes,
    blockSizeBytes: vmdkSectorBytes,
    async *ranges(offset, length) {
      yield { offset, length, kind: 'zero' }
    },
    readInto: async (target) => void target.fill(0),
  }
}

function wrongParent(): DiskError {
  return new DiskError(
    'backing-file',
    'VMDK: the parent that was found has changed since the snapshot was made, or is another disk. Give the right one.',
  )
}
