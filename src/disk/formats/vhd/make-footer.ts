/** Footer and dynamic header of new disks. */
import { randomBytes } from 'node:crypto'
import { vhdChecksum, vhdCookie, vhdFooterBytes, vhdHeaderBytes, vhdHeaderCookie, vhdType } from './structs.ts'

const noOffset = 0xffff_ffff_ffff_ffffn
/** Seconds from 1970 to 2000, where VHD begins to count. */
const epochSeconds = 946_684_800

export function makeVhdFooter(disk: { readonly sizeBytes: number; readonly type: 'fixed' | 'dynamic' }): Buffer {
  const { cylinders, heads, sectorsPerTrack } = vhdGeometry(disk.sizeBytes)
  const footer = Buffer.alloc(vhdFooterBytes)
  vhdCookie.copy(footer)
  footer.writeUInt32BE(2, 8)
  footer.writeUInt32BE(0x10000, 12)
  footer.writeBigUInt64BE(disk.type === 'fixed' ? noOffset : BigInt(vhdFooterBytes), 16)
  footer.writeUInt32BE(Math.floor(Date.now() / 1000) - epochSeconds, 24)
  // Readers that know this creator take the exact size and not what the geometry makes of it.
  footer.write('qem2', 28, 'latin1')
  footer.writeUInt32BE(0x50003, 32)
  footer.write('Wi2k', 36, 'latin1')
  footer.writeBigUInt64BE(BigInt(disk.sizeBytes), 40)
  footer.writeBigUInt64BE(BigInt(disk.sizeBytes), 48)
  footer.writeUInt16BE(cylinders, 56)
  footer.writeUInt8(heads, 58)
  footer.writeUInt8(sectorsPerTrack, 59)
  footer.writeUInt32BE(vhdType[disk.type], 60)
  randomBytes(16).copy(footer, 68)
  footer.writeUInt32BE(vhdChecksum(footer, 64), 64)
  return footer
}

export function makeVhdHeader(table: {
  readonly offset: number
  readonly entries: number
  readonly blockBytes: number
}): Buffer {
  const header = Buffer.alloc(vhdHeaderBytes)
  vhdHeaderCookie.copy(header)
  header.writeBigUInt64BE(noOffset, 8)
  header.writeBigUInt64BE(BigInt(table.offset), 16)
  header.writeUInt32BE(0x10000, 24)
  header.writeUInt32BE(table.entries, 28)
  header.writeUInt32BE(table.blockBytes, 32)
  header.writeUInt32BE(vhdChecksum(header, 36), 36)
  return header
}

/** As the appendix of the specification computes it: never more sectors than the disk has. */
function vhdGeometry(sizeBytes: number): {
  readonly cylinders: number
  readonly heads: number
  readonly sectorsPerTrack: number
} {
  const sectors = Math.min(Math.floor(sizeBytes / 512), 65_535 * 16 * 255)
  if (sectors >= 65_535 * 16 * 63) {
    return { cylinders: Math.floor(sectors / 255 / 16), heads: 16, sectorsPerTrack: 255 }
  }
  let sectorsPerTrack = 17
  let tracks = Math.floor(sectors / 17)
  let heads = Math.max(4, Math.floor((tracks + 1023) / 1024))
  if (tracks >= heads * 1024 || heads > 16) {
    sectorsPerTrack = 31
    heads = 16
    tracks = Math.floor(sectors / 31)
  }
  if (tracks >= heads * 1024) {
    sectorsPerTrack = 63
    heads = 16
    tracks = Math.floor(sectors / 63)
  }
  return { cylinders: Math.floor(tracks / heads), heads, sectorsPerTrack }
}
