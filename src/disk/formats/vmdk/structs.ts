/** Sparse VMDK extents on disk (little-endian): VMware's "Virtual Disk Format 5.0". Parsing only. */
import { u64le } from '../../bounds.ts'

export const vmdkSectorBytes = 512
export const vmdkMagic = Buffer.from('KDMV', 'latin1')
/** The older sparse extent of ESX (vmfsSparse), and the newer one (seSparse, 0xcafebabe first). */
export const cowdMagic = Buffer.from('COWD', 'latin1')
export const seSparseMagic = Buffer.from('bebafeca00000000', 'hex')
export const descriptorMark = '# disk descriptorfile'

export const vmdkFlag = {
  newlineTest: 1,
  redundantTable: 2,
  zeroGrains: 4,
  compressed: 0x1_0000,
  markers: 0x2_0000,
} as const
export const knownFlagMask = 0x3_0007
export const markerType = { endOfStream: 0, grainTable: 1, grainDirectory: 2, footer: 3 } as const
/** In front of a packed grain: its first sector (u64) and its length (u32). */
export const grainMarkerBytes = 12

export interface VmdkHeader {
  readonly version: number
  readonly flags: number
  readonly capacitySectors: number
  readonly grainSectors: number
  readonly descriptorSector: number
  readonly descriptorSectors: number
  readonly entriesPerTable: number
  readonly redundantDirectorySector: number
  readonly directorySector: number
  /** Before the first grain: header, descriptor, tables. */
  readonly overheadSectors: number
  /** The directory is named by a footer at the end of the stream. */
  readonly isDirectoryAtEnd: boolean
  readonly isUnclean: boolean
  readonly newlineTest: string
  /** 0 is none, 1 is deflate. */
  readonly compression: number
}

export function hasVmdkMagic(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(vmdkMagic)
}

/** `bytes` is one sector. */
export function parseVmdkHeader(bytes: Buffer): VmdkHeader {
  return {
    version: bytes.readUInt32LE(4),
    flags: bytes.readUInt32LE(8),
    capacitySectors: u64le(bytes, 12),
    grainSectors: u64le(bytes, 20),
    descriptorSector: u64le(bytes, 28),
    descriptorSectors: u64le(bytes, 36),
    entriesPerTable: bytes.readUInt32LE(44),
    redundantDirectorySector: u64le(bytes, 48),
    directorySector: u64le(bytes, 56),
    isDirectoryAtEnd: bytes.readBigUInt64LE(56) === 0xffff_ffff_ffff_ffffn,
    overheadSectors: u64le(bytes, 64),
    isUnclean: bytes.readUInt8(72) !== 0,
    newlineTest: bytes.toString('latin1', 73, 77),
    compression: bytes.readUInt16LE(77),
  }
}

export interface VmdkMarker {
  /** Sectors of what follows; for a grain the number of its first sector in the disk. */
  readonly value: number
  /** Bytes of compressed data: 0 for every marker but a grain's. */
  readonly dataBytes: number
  readonly type: number
}

/** `bytes` holds at least 16; a grain's own data begins at 12. */
export function parseVmdkMarker(bytes: Buffer): VmdkMarker {
  return { value: u64le(bytes, 0), dataBytes: bytes.readUInt32LE(8), type: bytes.readUInt32LE(12) }
}
