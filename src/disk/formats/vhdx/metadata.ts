/** The metadata region of a VHDX: sizes, and whether the disk needs a parent. */
import { isPowerOfTwo, readInside, u64le } from '../../bounds.ts'
import { DiskError, corrupt } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { kib64, maxTableEntries, metadataId, mib, parseMetadataItems } from './structs.ts'
import type { VhdxMetadataItem, VhdxRegion } from './structs.ts'

export interface VhdxParameters {
  readonly blockBytes: number
  readonly isFixed: boolean
  readonly virtualSizeBytes: number
  readonly logicalSectorBytes: number
}

const knownIds: readonly string[] = Object.values(metadataId)

export async function readVhdxParameters(
  source: RandomAccessSource,
  region: VhdxRegion,
  context: InspectContext,
): Promise<VhdxParameters> {
  const items = await readItems(source, region, context)
  const read = async (id: string, length: number): Promise<Buffer> => {
    const item = items.find((candidate) => candidate.id === id)
    if (item === undefined || item.length < length) throw corrupt('VHDX: a required metadata item is missing')
    return readInside(source, region.offset + item.offset, length, 'A VHDX metadata item', context.signal)
  }
  const file = await read(metadataId.fileParameters, 8)
  const flags = file.readUInt32LE(4)
  if ((flags & 2) !== 0 || items.some((item) => item.id === metadataId.parentLocator)) throw hasParent()
  const parameters = {
    blockBytes: file.readUInt32LE(0),
    isFixed: (flags & 1) !== 0,
    virtualSizeBytes: u64le(await read(metadataId.virtualDiskSize, 8), 0),
    logicalSectorBytes: (await read(metadataId.logicalSectorSize, 4)).readUInt32LE(0),
  }
  assertParameters(parameters, context)
  return parameters
}

async function readItems(
  source: RandomAccessSource,
  region: VhdxRegion,
  context: InspectContext,
): Promise<readonly VhdxMetadataItem[]> {
  const bytes = await readInside(source, region.offset, kib64, 'The VHDX metadata table', context.signal)
  if (bytes.toString('latin1', 0, 8) !== 'metadata') throw corrupt('VHDX: the metadata table is missing')
  const count = bytes.readUInt16LE(10)
  if (count > maxTableEntries) throw corrupt('VHDX: the metadata table has too many entries')
  const items = parseMetadataItems(bytes, count)
  for (const item of items) {
    if (item.isRequired && (item.isUser || !knownIds.includes(item.id))) {
      throw new DiskError(
        'unknown-feature',
        'VHDX: the image needs a metadata item that is not known here. Convert it and upload the result.',
      )
    }
    const isInRegion = item.offset >= kib64 && item.offset + item.length <= region.length
    if (item.length > 0 && !isInRegion) throw corrupt('VHDX: a metadata item lies outside its region')
  }
  if (new Set(items.map(({ id, isUser }) => `${id} ${isUser}`)).size !== items.length) {
    throw corrupt('VHDX: a metadata item occurs twice')
  }
  return items.filter(({ isUser }) => !isUser)
}

function assertParameters(parameters: VhdxParameters, context: InspectContext): void {
  const { blockBytes, logicalSectorBytes, virtualSizeBytes } = parameters
  if (blockBytes < mib || blockBytes > 256 * mib || !isPowerOfTwo(blockBytes)) {
    throw corrupt('VHDX: the block size is not a power of two from 1 to 256 MiB')
  }
  if (logicalSectorBytes !== 512 && logicalSectorBytes !== 4096)
    throw corrupt('VHDX: the sector size is neither 512 nor 4096')
  assertVirtualSize(virtualSizeBytes, context.limits)
  if (virtualSizeBytes % logicalSectorBytes !== 0)
    throw corrupt('VHDX: the virtual size is not a number of whole sectors')
}

function hasParent(): DiskError {
  return new DiskError(
    'backing-file',
    'VHDX: this is a differencing disk (a checkpoint). Merge it with its parent and upload the result.',
  )
}
