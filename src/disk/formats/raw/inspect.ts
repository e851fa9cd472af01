import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertVirtualSize, wholeSectors } from '../virtual-size.ts'

export async function inspectRaw(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const virtualSizeBytes = wholeSectors(source.sizeBytes)
  assertVirtualSize(virtualSizeBytes, context.limits)
  return {
    format: 'raw',
    variant: 'raw',
    virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    allocatedBytes: source.sizeBytes,
    tablesChecked: 'all',
    details: {},
  }
}
