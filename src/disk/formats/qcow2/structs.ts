/** qcow2 on disk (big-endian): QEMU's docs/interop/qcow2.txt. Parsing only; judging is in inspect.ts and tables.ts. */
import { u64be } from '../../bounds.ts'

export const qcow2Magic = 0x514649fb
export const qcow2HeaderBytesV2 = 72
export const qcow2HeaderBytesV3 = 104

export const incompatible = { dirty: 1, corrupt: 2, dataFile: 4, compressionType: 8, extendedL2: 16 } as const
export const knownIncompatibleMask = 31

export const extension = {
  end: 0,
  backingFormat: 0xe2792aca,
  featureNames: 0x6803f857,
  bitmaps: 0x23852875,
  fullDiskEncryption: 0x0537be77,
  dataFile: 0x44415441,
} as const

export interface Qcow2Header {
  readonly version: number
  readonly backingFileOffset: number
  readonly backingFileBytes: number
  readonly clusterBits: number
  readonly virtualSizeBytes: number
  readonly cryptMethod: number
  readonly l1Entries: number
  readonly l1Offset: number
  readonly refcountTableOffset: number
  readonly refcountTableClusters: number
  readonly snapshotCount: number
  readonly snapshotsOffset: number
  readonly incompatibleHigh: number
  readonly incompatibleLow: number
  /** Whoever wrote to the image last knew of its bitmaps. */
  readonly hasBitmaps: boolean
  readonly refcountOrder: number
  readonly headerBytes: number
  /** 0 is zlib, 1 is zstd. */
  readonly compressionType: number
}

/** `bytes` holds at least `qcow2HeaderBytesV2`; what a v3 header lacks of its 112 bytes counts as zero. */
export function parseQcow2Header(bytes: Buffer): Qcow2Header {
  const padded = Buffer.concat([bytes.subarray(0, 112)], 112)
  const version = padded.readUInt32BE(4)
  const isV2 = version < 3
  const headerBytes = isV2 ? qcow2HeaderBytesV2 : padded.readUInt32BE(100)
  return {
    version,
    backingFileOffset: u64be(padded, 8),
    backingFileBytes: padded.readUInt32BE(16),
    clusterBits: padded.readUInt32BE(20),
    virtualSizeBytes: u64be(padded, 24),
    cryptMethod: padded.readUInt32BE(32),
    l1Entries: padded.readUInt32BE(36),
    l1Offset: u64be(padded, 40),
    refcountTableOffset: u64be(padded, 48),
    refcountTableClusters: padded.readUInt32BE(56),
    snapshotCount: padded.readUInt32BE(60),
    snapshotsOffset: u64be(padded, 64),
    incompatibleHigh: isV2 ? 0 : padded.readUInt32BE(72),
    incompatibleLow: isV2 ? 0 : padded.readUInt32BE(76),
    hasBitmaps: !isV2 && (padded.readUInt32BE(92) & 1) !== 0,
    refcountOrder: isV2 ? 4 : padded.readUInt32BE(96),
    headerBytes,
    compressionType: headerBytes > 104 ? padded.readUInt8(104) : 0,
  }
}

/** What an L2 entry says about one cluster, or about one subcluster where there are such. Offsets and lengths in bytes of the file. */
export type Qcow2Mapping =
  | { readonly kind: 'absent' | 'zero' | 'contradiction' }
  | { readonly kind: 'data'; readonly offset: number }
  | { readonly kind: 'compressed'; readonly offset: number; readonly length: number }

const absent: Qcow2Mapping = { kind: 'absent' }
const zero: Qcow2Mapping = { kind: 'zero' }
const contradiction: Qcow2Mapping = { kind: 'contradiction' }

/** What of the header decides how L2 tables are read. */
export interface Qcow2Layout {
  readonly version: number
  readonly clusterBits: number
  readonly hasExtendedL2: boolean
  /** Guest data lies in another file, where offset 0 is a place like any other. */
  readonly hasDataFile: boolean
}

export const subclusters = 32

export function qcow2Layout(header: Qcow2Header): Qcow2Layout {
  return {
    version: header.version,
    clusterBits: header.clusterBits,
    hasExtendedL2: (header.incompatibleLow & incompatible.extendedL2) !== 0,
    hasDataFile: (header.incompatibleLow & incompatible.dataFile) !== 0,
  }
}

/** The offset in an L1 or a plain L2 entry: bits 9 to 55. */
export function hostOffset(high: number, low: number): number {
  return (high & 0x00ffffff) * 0x1_0000_0000 + ((low & 0xfffffe00) >>> 0)
}

/** The entry at `entryOffset` of an L2 table; with extended entries only the cluster as a whole, see `parseSubcluster`. */
export function parseL2Entry(table: DataView, entryOffset: number, layout: Qcow2Layout): Qcow2Mapping {
  const high = table.getUint32(entryOffset)
  const low = table.getUint32(entryOffset + 4)
  if (high === 0 && low === 0) return absent
  if ((high & 0x40000000) !== 0) return parseCompressed(high, low, layout.clusterBits)
  if (layout.version >= 3 && !layout.hasExtendedL2 && (low & 1) !== 0) return zero
  return parseData(high, low, layout)
}

/** One of the 32 subclusters of the extended entry at `entryOffset`. */
export function parseSubcluster(
  table: DataView,
  entryOffset: number,
  subcluster: number,
  layout: Qcow2Layout,
): Qcow2Mapping {
  const high = table.getUint32(entryOffset)
  const low = table.getUint32(entryOffset + 4)
  if ((high & 0x40000000) !== 0) return parseCompressed(high, low, layout.clusterBits)
  const isZero = ((table.getUint32(entryOffset + 8) >>> subcluster) & 1) !== 0
  const isAllocated = ((table.getUint32(entryOffset + 12) >>> subcluster) & 1) !== 0
  if (isZero) return isAllocated ? contradiction : zero
  if (!isAllocated) return absent
  const cluster = parseData(high, low, layout)
  if (cluster.kind !== 'data') return contradiction
  return { kind: 'data', offset: cluster.offset + subcluster * 2 ** (layout.clusterBits - 5) }
}

/** Offset 0 is the image's own header, unless the data lies elsewhere; there bit 63 says that it is meant. */
function parseData(high: number, low: number, layout: Qcow2Layout): Qcow2Mapping {
  const offset = hostOffset(high, low)
  const isMeant = layout.hasDataFile && (high & 0x80000000) !== 0
  return offset !== 0 || isMeant ? { kind: 'data', offset } : absent
}

/** The sector count takes `clusterBits - 8` bits above the offset, below bit 62. */
function parseCompressed(high: number, low: number, clusterBits: number): Qcow2Mapping {
  const offsetBits = 62 - (clusterBits - 8)
  const highOffsetBits = offsetBits - 32
  const offset = (high & (2 ** highOffsetBits - 1)) * 0x1_0000_0000 + low
  const sectors = ((high & 0x3fffffff) >>> highOffsetBits) + 1
  return { kind: 'compressed', offset, length: sectors * 512 - (offset % 512) }
}
