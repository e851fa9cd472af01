import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { readQcow2Header } from './header.ts'
import { incompatible } from './structs.ts'
import { checkQcow2Tables } from './tables.ts'

export async function inspectQcow2(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const header = await readQcow2Header(source, context)
  const tables = await checkQcow2Tables(source, header, context)
  return {
    format: 'qcow2',
    variant: `v${header.version}`,
    virtualSizeBytes: header.virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    allocatedBytes: tables.allocatedBytes,
    tablesChecked: tables.tablesChecked,
    details: {
      clusterSizeBytes: 2 ** header.clusterBits,
      compression: header.compressionType === 1 ? 'zstd' : 'zlib',
      compressedClusters: tables.compressedClusters,
      extendedL2: (header.incompatibleLow & incompatible.extendedL2) !== 0,
      snapshots: header.snapshotCount,
    },
  }
}
