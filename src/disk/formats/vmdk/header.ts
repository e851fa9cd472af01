/** The judgement on the header of a sparse VMDK, and on the footer that replaces it in a stream. */
import { isPowerOfTwo, readInside } from '../../bounds.ts'
import { DiskError, corrupt, tooLarge, truncated } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { externalExtent, maxDescriptorBytes } from './descriptor.ts'
import { hasVmdkMagic, knownFlagMask, markerType, parseVmdkHeader, parseVmdkMarker } from './structs.ts'
import { vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'

const maxGrainSectors = 2 ** 15
const maxEntriesPerTable = 4096

/**
 * The header whose directory counts: that of the footer in a stream which ends with one.
 * @param options.isSplit the file is one extent of a split disk, which has no descriptor of its own
 * @throws DiskError
 */
export async function readVmdkHeader(
  source: RandomAccessSource,
  context: InspectContext,
  options: { readonly isSplit?: boolean } = {},
): Promise<VmdkHeader> {
  const header = parseVmdkHeader(await readInside(source, 0, vmdkSectorBytes, 'The VMDK header', context.signal))
  assertVmdkHeader(header)
  assertVirtualSize(header.capacitySectors * vmdkSectorBytes, context.limits)
  if (options.isSplit !== true) assertDescriptorPlace(header)
  return header.isDirectoryAtEnd ? readFooter(source, header, context) : header
}

/** @throws DiskError for a field that cannot be right, or is not known here */
export function assertVmdkHeader(header: VmdkHeader): void {
  if (header.version < 1 || header.version > 3) {
    throw new DiskError(
      'not-supported',
      'VMDK of this version is not known. Export the disk as streamOptimized and upload that.',
    )
  }
  if ((header.flags & ~knownFlagMask) !== 0) {
    throw new DiskError(
      'unknown-feature',
      'VMDK: the image has flags that are not known here. Export the disk as streamOptimized and upload that.',
    )
  }
  const hasTest = (header.flags & vmdkFlag.newlineTest) !== 0 || header.newlineTest !== '\0\0\0\0'
  if (hasTest && header.newlineTest !== '\n \r\n') {
    throw corrupt('VMDK: its line ends were changed, as by a transfer in text mode')
  }
  if (header.isUnclean) {
    throw new DiskError(
      'dirty',
      'VMDK: the disk was not closed properly. Start and stop its machine once, or clone the disk, and upload it again.',
    )
  }
  const isCompressed = (header.flags & vmdkFlag.compressed) !== 0
  if (header.compression > 1 || isCompressed !== (header.compression === 1))
    throw corrupt('VMDK: the compression is not known')
  if (header.grainSectors > maxGrainSectors || !isPowerOfTwo(header.grainSectors)) {
    throw corrupt('VMDK: the grain size is not a power of two up to 16 MiB')
  }
  if (header.entriesPerTable > maxEntriesPerTable || !isPowerOfTwo(header.entriesPerTable)) {
    throw corrupt('VMDK: the size of grain tables is wrong')
  }
}

function assertDescriptorPlace(header: VmdkHeader): void {
  // Extents of a split disk have no descriptor of their own.
  if (header.descriptorSector === 0) {
    if (header.descriptorSectors === 0) throw externalExtent()
    throw corrupt('VMDK: the descriptor overlaps the header')
  }
  if (header.descriptorSectors === 0) throw externalExtent()
  if (header.descriptorSectors * vmdkSectorBytes > maxDescriptorBytes) throw tooLarge('The VMDK descriptor', '1 MiB')
}

/** A stream ends with: footer marker, footer, end-of-stream marker; one sector each. */
async function readFooter(
  source: RandomAccessSource,
  header: VmdkHeader,
  context: InspectContext,
): Promise<VmdkHeader> {
  const what = 'The footer of the streamOptimized VMDK'
  const bytes = await readInside(
    source,
    source.sizeBytes - 3 * vmdkSectorBytes,
    3 * vmdkSectorBytes,
    what,
    context.signal,
  )
  const sector = (index: number): Buffer => bytes.subarray(index * vmdkSectorBytes, (index + 1) * vmdkSectorBytes)
  const marker = parseVmdkMarker(sector(0))
  const endMarker = parseVmdkMarker(sector(2))
  if (!hasVmdkMagic(sector(1))) throw truncated(what)
  if (marker.value !== 1 || marker.dataBytes !== 0 || marker.type !== markerType.footer)
    throw corrupt('VMDK: the footer is not marked')
  if (endMarker.value !== 0 || endMarker.dataBytes !== 0 || endMarker.type !== markerType.endOfStream) {
    throw corrupt('VMDK: the end of the stream is not marked')
  }
  const footer = parseVmdkHeader(sector(1))
  if (footer.isDirectoryAtEnd) throw corrupt('VMDK: the footer names another footer')
  if (!saysTheSame(header, footer)) throw corrupt('VMDK: header and footer contradict each other')
  return footer
}

export function saysTheSame(header: VmdkHeader, footer: VmdkHeader): boolean {
  const keys = [
    'version',
    'flags',
    'capacitySectors',
    'grainSectors',
    'descriptorSector',
    'descriptorSectors',
    'entriesPerTable',
    'compression',
  ] as const
  return keys.every((key) => header[key] === footer[key])
}
