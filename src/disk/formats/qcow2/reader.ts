/** Reads guest data through L1 and L2 tables that were checked before. */
import { walkTable } from '../../bounds.ts'
import type { Inflate } from '../../codec/inflate.ts'
import { corrupt } from '../../disk-error.ts'
import type { DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import { mappedReader } from '../mapped-reader.ts'
import type { Mapped } from '../mapped-reader.ts'
import { PackedReader } from '../read-packed.ts'
import { TableCache } from '../table-cache.ts'
import { hostOffset, parseL2Entry, parseSubcluster, qcow2Layout, subclusters } from './structs.ts'
import type { Qcow2Header, Qcow2Layout, Qcow2Mapping } from './structs.ts'
import type { Qcow2L1 } from './tables.ts'

interface Parts {
  readonly source: RandomAccessSource
  /** Where data clusters lie. */
  readonly dataSource: RandomAccessSource
  readonly header: Qcow2Header
  readonly l1: Qcow2L1
  readonly inflate: Inflate
}

export async function openQcow2Reader(parts: Parts, signal?: AbortSignal): Promise<DiskReader> {
  const { source, header, inflate } = parts
  const { virtualSizeBytes } = parts.l1
  const layout = qcow2Layout(header)
  const clusterBytes = 2 ** layout.clusterBits
  const entryBytes = layout.hasExtendedL2 ? 16 : 8
  const bytesPerTable = (clusterBytes / entryBytes) * clusterBytes
  const l1 = await readL1(source, parts.l1, Math.ceil(virtualSizeBytes / bytesPerTable), signal)
  const l2 = new TableCache(source, clusterBytes, 'A qcow2 L2 table')
  const mapping = {
    virtualSizeBytes,
    blockSizeBytes: layout.hasExtendedL2 ? clusterBytes / subclusters : clusterBytes,
    bytesPerTable,
    tableAt: (guestOffset: number, ownSignal?: AbortSignal): Promise<DataView> | undefined => {
      const offset = l1[Math.floor(guestOffset / bytesPerTable)] ?? 0
      return offset === 0 ? undefined : l2.get(offset, ownSignal)
    },
    lookUp: (table: DataView, guestOffset: number): Mapped => {
      const entryOffset = Math.floor((guestOffset % bytesPerTable) / clusterBytes) * entryBytes
      return lookUp(table, entryOffset, guestOffset, layout, source.sizeBytes)
    },
  }
  const packed = new PackedReader(source, { inflate, unpackedBytes: clusterBytes, what: 'A qcow2 compressed cluster' })
  return mappedReader(mapping, parts.dataSource, packed)
}

/** Offsets of L2 tables; 0 is none. */
async function readL1(
  source: RandomAccessSource,
  { l1Offset, l1Entries }: Qcow2L1,
  entries: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  if (entries > l1Entries) throw corrupt('qcow2: the L1 table is too small for the virtual size')
  const l1 = new Float64Array(entries)
  const table = { offset: l1Offset, entries, entryBytes: 8, what: 'The qcow2 L1 table' }
  for await (const chunk of walkTable(source, table, signal)) {
    for (let index = 0; index < chunk.entries; index++) {
      l1[chunk.firstEntry + index] = hostOffset(chunk.view.getUint32(index * 8), chunk.view.getUint32(index * 8 + 4))
    }
  }
  return l1
}

function lookUp(
  table: DataView,
  entryOffset: number,
  guestOffset: number,
  layout: Qcow2Layout,
  fileBytes: number,
): Mapped {
  const clusterBytes = 2 ** layout.clusterBits
  const inCluster = guestOffset % clusterBytes
  if (!layout.hasExtendedL2) {
    return mapped(parseL2Entry(table, entryOffset, layout), { guestOffset, inUnit: inCluster, unitBytes: clusterBytes })
  }
  const unitBytes = clusterBytes / subclusters
  const mapping = parseSubcluster(table, entryOffset, Math.floor(inCluster / unitBytes), layout)
  // Compressed clusters have no subclusters.
  return mapping.kind === 'compressed'
    ? mapped(mapping, { guestOffset, inUnit: inCluster, unitBytes: clusterBytes })
    : mapped(mapping, { guestOffset, inUnit: inCluster % unitBytes, unitBytes })

  function mapped(
    unit: Qcow2Mapping,
    place: { readonly guestOffset: number; readonly inUnit: number; readonly unitBytes: number },
  ): Mapped {
    const end = place.guestOffset - place.inUnit + place.unitBytes
    switch (unit.kind) {
      case 'data':
        return { kind: 'data', end, offset: unit.offset + place.inUnit }
      case 'compressed': {
        const length = Math.min(unit.length, fileBytes - unit.offset)
        return {
          kind: 'packed',
          end,
          skip: place.inUnit,
          block: { offset: unit.offset, length, minBytes: clusterBytes },
        }
      }
      case 'contradiction':
        throw corrupt('qcow2: a subcluster is both data and zeros, or data without a place')
      case 'absent':
      case 'zero':
        return { kind: unit.kind, end }
    }
  }
}
