/** Reads sparse extents through grain tables that were checked before. */
import { walkTable } from '../../bounds.ts'
import { loadInflate } from '../../codec/inflate.ts'
import { corrupt } from '../../disk-error.ts'
import type { DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import { mappedReader } from '../mapped-reader.ts'
import type { Mapped } from '../mapped-reader.ts'
import { PackedReader } from '../read-packed.ts'
import { TableCache } from '../table-cache.ts'
import { grainMarkerBytes, parseVmdkMarker, vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'

/** What deflate adds to bytes that it cannot make smaller, and more. */
const packingSlackBytes = 4096

export async function openGrainReader(
  source: RandomAccessSource,
  header: VmdkHeader,
  signal?: AbortSignal,
): Promise<DiskReader> {
  const virtualSizeBytes = header.capacitySectors * vmdkSectorBytes
  const grainBytes = header.grainSectors * vmdkSectorBytes
  const bytesPerTable = header.entriesPerTable * grainBytes
  const directory = await readDirectory(source, header, signal)
  const tables = new TableCache(source, header.entriesPerTable * 4, 'A VMDK grain table')
  const isCompressed = (header.flags & vmdkFlag.compressed) !== 0
  const hasZeroGrains = (header.flags & vmdkFlag.zeroGrains) !== 0
  const mapping = {
    virtualSizeBytes,
    blockSizeBytes: grainBytes,
    bytesPerTable,
    tableAt: (guestOffset: number, ownSignal?: AbortSignal): Promise<DataView> | undefined => {
      const sector = directory[Math.floor(guestOffset / bytesPerTable)] ?? 0
      return sector === 0 ? undefined : tables.get(sector * vmdkSectorBytes, ownSignal)
    },
    lookUp: (table: DataView, guestOffset: number): Mapped => {
      const entry = table.getUint32(Math.floor((guestOffset % bytesPerTable) / grainBytes) * 4, true)
      const skip = guestOffset % grainBytes
      const grainOffset = guestOffset - skip
      const end = grainOffset + grainBytes
      if (entry === 0) return { kind: 'absent', end }
      if (entry === 1 && hasZeroGrains) return { kind: 'zero', end }
      const offset = entry * vmdkSectorBytes
      if (!isCompressed) return { kind: 'data', end, offset: offset + skip }
      // How long a packed grain is stands in front of it, so a little more than it can be is read.
      const length = Math.min(grainBytes + packingSlackBytes, source.sizeBytes - offset)
      const minBytes = Math.min(grainBytes, virtualSizeBytes - grainOffset)
      const unwrap = (bytes: Buffer): Buffer => unwrapGrain(bytes, grainOffset)
      return { kind: 'packed', end, skip, block: { offset, length, minBytes, unwrap } }
    },
  }
  const packed = isCompressed
    ? new PackedReader(source, { inflate: await loadInflate('zlib'), unpackedBytes: grainBytes, what: 'A VMDK grain' })
    : undefined
  return mappedReader(mapping, source, packed)
}

/** First sector of each grain table; 0 is none. */
async function readDirectory(
  source: RandomAccessSource,
  header: VmdkHeader,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const entries = Math.ceil(header.capacitySectors / (header.entriesPerTable * header.grainSectors))
  const directory = new Uint32Array(entries)
  const offset = header.directorySector * vmdkSectorBytes
  const table = { offset, entries, entryBytes: 4, what: 'The VMDK grain directory' }
  for await (const { view, firstEntry, entries: count } of walkTable(source, table, signal)) {
    for (let index = 0; index < count; index++) directory[firstEntry + index] = view.getUint32(index * 4, true)
  }
  return directory
}

/** @param bytes a packed grain with its marker @param grainOffset where in the disk the tables say that it belongs */
function unwrapGrain(bytes: Buffer, grainOffset: number): Buffer {
  const { value, dataBytes } = parseVmdkMarker(bytes)
  if (value * vmdkSectorBytes !== grainOffset)
    throw corrupt('VMDK: a compressed grain belongs to another place of the disk')
  const packed = bytes.subarray(grainMarkerBytes, grainMarkerBytes + dataBytes)
  if (packed.length < dataBytes) throw corrupt('VMDK: a compressed grain has an impossible size')
  return packed
}
