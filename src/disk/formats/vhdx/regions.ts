/** The fixed front of a VHDX: two headers, two region tables, each valid only with its CRC-32C. */
import { assertInside, readInside } from '../../bounds.ts'
import { crc32c } from '../../crc32c.ts'
import { DiskError, corrupt } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { kib64, maxTableEntries, mib, parseRegions, parseVhdxHeader, regionId } from './structs.ts'
import { vhdxHeaderBytes, vhdxHeaderOffsets, vhdxRegionTableOffsets } from './structs.ts'
import type { VhdxHeader, VhdxRegion } from './structs.ts'

export interface VhdxRegions {
  readonly bat: VhdxRegion
  readonly metadata: VhdxRegion
}

/** The current header. @throws DiskError `dirty` when its log has to be replayed. */
export async function readVhdxHeader(source: RandomAccessSource, context: InspectContext): Promise<VhdxHeader> {
  let current: VhdxHeader | undefined
  for (const offset of vhdxHeaderOffsets) {
    const bytes = await readInside(source, offset, vhdxHeaderBytes, 'A VHDX header', context.signal)
    if (!hasSignature(bytes, 'head') || !hasRightCrc(bytes)) continue
    const header = parseVhdxHeader(bytes)
    if (current === undefined || header.sequence > current.sequence) current = header
  }
  if (current === undefined) throw corrupt('VHDX: neither of its two headers is valid')
  if (current.version !== 1)
    throw new DiskError('not-supported', 'VHDX of this version is not known. Convert the image and upload the result.')
  if (current.hasLog) {
    throw new DiskError(
      'dirty',
      'VHDX: its log holds changes that were not applied. Attach and detach the disk once in Hyper-V (Mount-VHD, Dismount-VHD) and upload it again.',
    )
  }
  if (current.logBytes % mib !== 0 || current.logOffset % mib !== 0) throw corrupt('VHDX: the log is not aligned')
  if (current.logBytes > 0 && current.logOffset < mib) throw corrupt('VHDX: the log overlaps the headers')
  assertInside(source.sizeBytes, current.logOffset, current.logBytes, 'The VHDX log')
  return current
}

export async function readVhdxRegions(
  source: RandomAccessSource,
  header: VhdxHeader,
  context: InspectContext,
): Promise<VhdxRegions> {
  const regions = await readRegionTable(source, context)
  for (const region of regions) assertRegion(source, region)
  assertApart([...regions, { offset: header.logOffset, length: header.logBytes }])
  const bat = regions.find((region) => region.id === regionId.bat)
  const metadata = regions.find((region) => region.id === regionId.metadata)
  if (bat === undefined || metadata === undefined)
    throw corrupt('VHDX: the block table or the metadata region is missing')
  return { bat, metadata }
}

async function readRegionTable(source: RandomAccessSource, context: InspectContext): Promise<readonly VhdxRegion[]> {
  for (const offset of vhdxRegionTableOffsets) {
    const bytes = await readInside(source, offset, kib64, 'A VHDX region table', context.signal)
    if (!hasSignature(bytes, 'regi') || !hasRightCrc(bytes)) continue
    const count = bytes.readUInt32LE(8)
    if (count > maxTableEntries) throw corrupt('VHDX: the region table has too many entries')
    return parseRegions(bytes, count)
  }
  throw corrupt('VHDX: neither of its two region tables is valid')
}

function assertRegion(source: RandomAccessSource, region: VhdxRegion): void {
  const isKnown = region.id === regionId.bat || region.id === regionId.metadata
  if (!isKnown && region.isRequired) {
    throw new DiskError(
      'unknown-feature',
      'VHDX: the image needs a region that is not known here. Convert it and upload the result.',
    )
  }
  if (region.offset < mib || region.offset % mib !== 0 || region.length === 0 || region.length % mib !== 0) {
    throw corrupt('VHDX: a region is not aligned')
  }
  assertInside(source.sizeBytes, region.offset, region.length, 'A VHDX region')
}

function assertApart(ranges: readonly { readonly offset: number; readonly length: number }[]): void {
  const sorted = ranges.filter(({ length }) => length > 0).toSorted((a, b) => a.offset - b.offset)
  sorted.reduce((end, { offset, length }) => {
    if (offset < end) throw corrupt('VHDX: two regions overlap')
    return offset + length
  }, 0)
}

function hasSignature(bytes: Buffer, signature: string): boolean {
  return bytes.toString('latin1', 0, 4) === signature
}

function hasRightCrc(bytes: Buffer): boolean {
  const zeroed = Buffer.from(bytes)
  zeroed.writeUInt32LE(0, 4)
  return crc32c(zeroed) === bytes.readUInt32LE(4)
}
