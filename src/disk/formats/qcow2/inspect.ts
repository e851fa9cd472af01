import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertSelfContained, readQcow2Head } from './header.ts'
import { qcow2Layout } from './structs.ts'
import { checkQcow2Tables } from './tables.ts'

export async function inspectQcow2(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const head = await readQcow2Head(source, context)
  if (context.allowReferences !== true) assertSelfContained(head)
  const { header, backingFile, dataFile } = head
  const tables = await checkQcow2Tables(source, header, context)
  const references = [dataFile, backingFile].filter((reference) => reference !== undefined)
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
      extendedL2: qcow2Layout(header).hasExtendedL2,
      snapshots: header.snapshotCount,
    },
    ...(references.length === 0 ? {} : { references: references.map(({ refusal: _, ...reference }) => reference) }),
  }
}
