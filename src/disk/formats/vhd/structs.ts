/** VHD on disk (big-endian): Microsoft's "Virtual Hard Disk Image Format Specification". Parsing only. */
import { u64be } from '../../bounds.ts'

export const vhdFooterBytes = 512
export const vhdHeaderBytes = 1024
export const vhdCookie = Buffer.from('conectix', 'latin1')
export const vhdHeaderCookie = Buffer.from('cxsparse', 'latin1')
export const vhdAbsentBlock = 0xffffffff
export const vhdType = { fixed: 2, dynamic: 3, differencing: 4 } as const

export interface VhdFooter {
  readonly majorVersion: number
  readonly dataOffset: number
  readonly creator: string
  readonly currentSizeBytes: number
  readonly cylinders: number
  readonly heads: number
  readonly sectorsPerTrack: number
  readonly type: number
  readonly hasSavedState: boolean
  /** Hexadecimal. */
  readonly uniqueId: string
}

export interface VhdHeader {
  readonly tableOffset: number
  readonly majorVersion: number
  readonly tableEntries: number
  readonly blockBytes: number
  /** `uniqueId` of the parent of a differencing disk. */
  readonly parentId: string
  readonly parentName: string
  readonly parentLocators: readonly VhdParentLocator[]
}

/** Where in the file a name of the parent stands. */
export interface VhdParentLocator {
  readonly platform: string
  readonly dataBytes: number
  readonly dataOffset: number
}

export const parentLocator = { windowsRelative: 'W2ru', windowsAbsolute: 'W2ku', mac: 'MacX' } as const

/** One bit for each sector of a block, in whole sectors. */
export function bitmapBytesOf(blockBytes: number): number {
  return Math.ceil(blockBytes / 512 / 8 / 512) * 512
}

/** One's complement of the sum of all bytes but the checksum's own. */
export function vhdChecksum(bytes: Buffer, checksumOffset: number): number {
  let sum = 0
  for (let index = 0; index < bytes.length; index++) {
    if (index < checksumOffset || index >= checksumOffset + 4) sum += bytes[index] ?? 0
  }
  return ~sum >>> 0
}

export function hasVhdCookie(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(vhdCookie)
}

/** Cookie and checksum are right: chance does not make this. */
export function isVhdFooter(bytes: Buffer): boolean {
  return bytes.length === vhdFooterBytes && hasVhdCookie(bytes) && bytes.readUInt32BE(64) === vhdChecksum(bytes, 64)
}

export function isVhdHeader(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(vhdHeaderCookie) && bytes.readUInt32BE(36) === vhdChecksum(bytes, 36)
}

export function parseVhdFooter(bytes: Buffer): VhdFooter {
  return {
    majorVersion: bytes.readUInt16BE(12),
    dataOffset: u64be(bytes, 16),
    creator: bytes.toString('latin1', 28, 32),
    currentSizeBytes: u64be(bytes, 48),
    cylinders: bytes.readUInt16BE(56),
    heads: bytes.readUInt8(58),
    sectorsPerTrack: bytes.readUInt8(59),
    type: bytes.readUInt32BE(60),
    hasSavedState: bytes.readUInt8(84) !== 0,
    uniqueId: bytes.toString('hex', 68, 84),
  }
}

export function parseVhdHeader(bytes: Buffer): VhdHeader {
  return {
    tableOffset: u64be(bytes, 16),
    majorVersion: bytes.readUInt16BE(24),
    tableEntries: bytes.readUInt32BE(28),
    blockBytes: bytes.readUInt32BE(32),
    parentId: bytes.toString('hex', 40, 56),
    parentName: new TextDecoder('utf-16be').decode(bytes.subarray(64, 576)).replace(/\0.*$/s, ''),
    parentLocators: Array.from({ length: 8 }, (_, index) => {
      const at = 576 + index * 24
      return {
        platform: bytes.toString('latin1', at, at + 4),
        dataBytes: bytes.readUInt32BE(at + 8),
        dataOffset: u64be(bytes, at + 16),
      }
    }),
  }
}

/** These write the exact size in `currentSizeBytes`; older ones round the disk to whole cylinders (as QEMU reads them too). */
const exactSizeCreators = ['win ', 'qem2', 'd2v ', 'd2v\0', 'CTXS', 'tap\0', 'xo  ']
const maxChsSectors = 65_535 * 16 * 255

/** What a guest sees. Where the geometry counts, it never makes the disk larger than `currentSizeBytes` says. */
export function vhdVirtualSizeBytes(footer: VhdFooter): number {
  const chsSectors = footer.cylinders * footer.heads * footer.sectorsPerTrack
  const isExact = chsSectors === 0 || chsSectors >= maxChsSectors || exactSizeCreators.includes(footer.creator)
  return isExact ? footer.currentSizeBytes : chsSectors * 512
}
