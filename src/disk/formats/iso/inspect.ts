import { readInside } from '../../bounds.ts'
import { truncated } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertVirtualSize, wholeSectors } from '../virtual-size.ts'
import { isoDescriptorOffset, parseIsoVolumeSize } from './structs.ts'

export async function inspectIso(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const virtualSizeBytes = wholeSectors(source.sizeBytes)
  assertVirtualSize(virtualSizeBytes, context.limits)
  const what = 'The ISO 9660 volume descriptor'
  const volumeBytes = parseIsoVolumeSize(await readInside(source, isoDescriptorOffset, 2048, what, context.signal))
  if (volumeBytes !== undefined && volumeBytes > source.sizeBytes) throw truncated('The ISO 9660 volume')
  return {
    format: 'iso',
    variant: 'iso9660',
    virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    allocatedBytes: source.sizeBytes,
    tablesChecked: 'all',
    details: { volumeSizeBytes: volumeBytes ?? 0 },
  }
}
