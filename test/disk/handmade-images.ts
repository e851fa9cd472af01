/** Small valid images, byte by byte: no tool is needed, and a test can spoil exactly one thing. */
import { crc32c } from '../../src/disk/crc32c.ts'
import { vhdChecksum } from '../../src/disk/formats/vhd/structs.ts'
import { kib64, metadataId, mib, regionId } from '../../src/disk/formats/vhdx/structs.ts'

const clusterBytes = 512

/** Version 3, clusters of 512 bytes: header, refcount table, refcount block, L1, L2, one data cluster; a disk of 2 KiB. */
export function qcow2Image(): Buffer {
  const image = Buffer.alloc(6 * clusterBytes)
  image.writeUInt32BE(0x514649fb, 0)
  image.writeUInt32BE(3, 4)
  image.writeUInt32BE(9, 20)
  image.writeBigUInt64BE(2048n, 24)
  image.writeUInt32BE(1, 36)
  image.writeBigUInt64BE(BigInt(3 * clusterBytes), 40)
  image.writeBigUInt64BE(BigInt(1 * clusterBytes), 48)
  image.writeUInt32BE(1, 56)
  image.writeUInt32BE(4, 96)
  image.writeUInt32BE(104, 100)
  image.writeBigUInt64BE(BigInt(2 * clusterBytes), clusterBytes)
  for (let cluster = 0; cluster < 6; cluster++) image.writeUInt16BE(1, 2 * clusterBytes + cluster * 2)
  image.writeBigUInt64BE(0x8000_0000_0000_0000n + BigInt(4 * clusterBytes), 3 * clusterBytes)
  image.writeBigUInt64BE(0x8000_0000_0000_0000n + BigInt(5 * clusterBytes), 4 * clusterBytes)
  image.fill('d', 5 * clusterBytes)
  return image
}

export const qcow2L1Offset = 3 * clusterBytes
export const qcow2L2Offset = 4 * clusterBytes

export function vmdkDescriptor(
  extents = 'RW 256 SPARSE "disk.vmdk"',
  createType = 'monolithicSparse',
  more = '',
): string {
  return `# Disk DescriptorFile
version=1
CID=12345678
parentCID=ffffffff
createType="${createType}"
${more}
# Extent description
${extents}

ddb.adapterType = "lsilogic"
`
}

/** monolithicSparse, grains of 64 KiB, one of two present; a disk of 128 KiB. */
export function vmdkImage(descriptor = vmdkDescriptor()): Buffer {
  const image = Buffer.alloc((128 + 128) * 512)
  image.write('KDMV', 0, 'latin1')
  image.writeUInt32LE(1, 4)
  image.writeUInt32LE(1, 8)
  image.writeBigUInt64LE(256n, 12)
  image.writeBigUInt64LE(128n, 20)
  image.writeBigUInt64LE(1n, 28)
  image.writeBigUInt64LE(20n, 36)
  image.writeUInt32LE(512, 44)
  image.writeBigUInt64LE(21n, 56)
  image.writeBigUInt64LE(128n, 64)
  image.write('\n \r\n', 73, 'latin1')
  image.write(descriptor, 512, 'latin1')
  image.writeUInt32LE(22, 21 * 512)
  image.writeUInt32LE(128, 22 * 512)
  image.fill('g', 128 * 512)
  return image
}

export const vmdkGrainTableOffset = 22 * 512

/** streamOptimized with a footer and one compressed grain (never inflated by an inspection). */
export function vmdkStreamImage(): Buffer {
  const grain = 8
  const table = 9
  const directory = 13
  const image = Buffer.alloc((directory + 1 + 3) * 512)
  vmdkImage(vmdkDescriptor('RW 256 SPARSE "disk.vmdk"', 'streamOptimized')).copy(image, 0, 0, 3 * 512)
  image.writeUInt32LE(3, 4)
  image.writeUInt32LE(0x30001, 8)
  image.writeBigUInt64LE(2n, 36)
  image.writeUInt16LE(1, 77)
  image.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 56)
  image.writeUInt32LE(100, grain * 512 + 8)
  image.writeUInt32LE(grain, table * 512)
  image.writeUInt32LE(table, directory * 512)
  const footer = (directory + 1) * 512
  image.writeBigUInt64LE(1n, footer)
  image.writeUInt32LE(3, footer + 12)
  image.copy(image, footer + 512, 0, 512)
  image.writeBigUInt64LE(BigInt(directory), footer + 512 + 56)
  return image
}

function vhdFooter(type: number, sizeBytes: number, dataOffset: bigint): Buffer {
  const footer = Buffer.alloc(512)
  footer.write('conectix', 0, 'latin1')
  footer.writeUInt32BE(2, 8)
  footer.writeUInt32BE(0x10000, 12)
  footer.writeBigUInt64BE(dataOffset, 16)
  footer.write('win ', 28, 'latin1')
  footer.writeBigUInt64BE(BigInt(sizeBytes), 40)
  footer.writeBigUInt64BE(BigInt(sizeBytes), 48)
  footer.writeUInt32BE(type, 60)
  return sealVhdFooter(footer)
}

export function sealVhdFooter(footer: Buffer): Buffer {
  footer.writeUInt32BE(vhdChecksum(footer, 64), 64)
  return footer
}

export function vhdFixedImage(data: Buffer = Buffer.alloc(8192)): Buffer {
  return Buffer.concat([data, vhdFooter(2, data.length, 0xffff_ffff_ffff_ffffn)])
}

export const vhdTableOffset = 1536

/** Dynamic (or, with type 4, differencing): blocks of 4 KiB, the first of two present. */
export function vhdDynamicImage(type = 3): Buffer {
  const footer = vhdFooter(type, 8192, 512n)
  const header = Buffer.alloc(1024)
  header.write('cxsparse', 0, 'latin1')
  header.fill(0xff, 8, 16)
  header.writeBigUInt64BE(BigInt(vhdTableOffset), 16)
  header.writeUInt32BE(0x10000, 24)
  header.writeUInt32BE(2, 28)
  header.writeUInt32BE(4096, 32)
  header.writeUInt32BE(vhdChecksum(header, 36), 36)
  const table = Buffer.alloc(512, 0xff)
  table.writeUInt32BE(4, 0)
  return Buffer.concat([footer, header, table, Buffer.alloc(512 + 4096, 1), footer])
}

export const vdiMapOffset = 512

/** Dynamic, blocks of 4 KiB, the first of two present. */
export function vdiImage(type = 1): Buffer {
  const image = Buffer.alloc(1024 + 4096)
  image.write('<<< Oracle VM VirtualBox Disk Image >>>\n', 0, 'latin1')
  image.writeUInt32LE(0xbeda107f, 0x40)
  image.writeUInt32LE(0x10001, 0x44)
  image.writeUInt32LE(0x190, 0x48)
  image.writeUInt32LE(type, 0x4c)
  image.writeUInt32LE(vdiMapOffset, 0x154)
  image.writeUInt32LE(1024, 0x158)
  image.writeUInt32LE(512, 0x168)
  image.writeBigUInt64LE(8192n, 0x170)
  image.writeUInt32LE(4096, 0x178)
  image.writeUInt32LE(2, 0x180)
  image.writeUInt32LE(1, 0x184)
  image.writeUInt32LE(0, vdiMapOffset)
  image.writeUInt32LE(0xffffffff, vdiMapOffset + 4)
  return image
}

export function isoImage(): Buffer {
  const image = Buffer.alloc(20 * 2048)
  image.write('\x01CD001\x01', 0x8000, 'latin1')
  image.writeUInt32LE(20, 0x8000 + 80)
  image.writeUInt16LE(2048, 0x8000 + 128)
  return image
}

export const vhdxBatOffset = 2 * mib
export const vhdxMetadataOffset = 3 * mib
export const vhdxHeaderOffset = kib64
export const vhdxRegionOffset = 3 * kib64

/** Dynamic: log at 1 MiB, block table at 2, metadata at 3, the one block at 4; a disk of 1 MiB. */
export function vhdxImage(): Buffer {
  const image = Buffer.alloc(5 * mib)
  image.write('vhdxfile', 0, 'latin1')
  image.write('head', vhdxHeaderOffset, 'latin1')
  image.writeBigUInt64LE(1n, vhdxHeaderOffset + 8)
  image.writeUInt16LE(1, vhdxHeaderOffset + 66)
  image.writeUInt32LE(mib, vhdxHeaderOffset + 68)
  image.writeBigUInt64LE(BigInt(mib), vhdxHeaderOffset + 72)
  image.write('regi', vhdxRegionOffset, 'latin1')
  image.writeUInt32LE(2, vhdxRegionOffset + 8)
  writeRegion(image, 0, regionId.bat, vhdxBatOffset)
  writeRegion(image, 1, regionId.metadata, vhdxMetadataOffset)
  image.write('metadata', vhdxMetadataOffset, 'latin1')
  const items: [string, Buffer][] = [
    [metadataId.fileParameters, uint32s(mib, 0)],
    [metadataId.virtualDiskSize, uint32s(mib, 0)],
    [metadataId.logicalSectorSize, uint32s(512)],
    [metadataId.physicalSectorSize, uint32s(4096)],
  ]
  image.writeUInt16LE(items.length, vhdxMetadataOffset + 10)
  for (const [index, [id, value]] of items.entries()) writeMetadataItem(image, index, id, value)
  image.writeUInt32LE(4 * mib + 6, vhdxBatOffset)
  return sealVhdx(image)
}

/** Makes the checksums right again after a change. */
export function sealVhdx(image: Buffer): Buffer {
  for (const [offset, length] of [
    [vhdxHeaderOffset, 4096],
    [vhdxRegionOffset, kib64],
  ] as const) {
    image.writeUInt32LE(0, offset + 4)
    image.writeUInt32LE(crc32c(image.subarray(offset, offset + length)), offset + 4)
  }
  return image
}

export function writeMetadataItem(image: Buffer, index: number, id: string, value: Buffer): void {
  const at = vhdxMetadataOffset + 32 + index * 32
  guidBytes(id).copy(image, at)
  image.writeUInt32LE(kib64 + index * 16, at + 16)
  image.writeUInt32LE(value.length, at + 20)
  image.writeUInt32LE(6, at + 24)
  value.copy(image, vhdxMetadataOffset + kib64 + index * 16)
}

function writeRegion(image: Buffer, index: number, id: string, offset: number): void {
  const at = vhdxRegionOffset + 16 + index * 32
  guidBytes(id).copy(image, at)
  image.writeBigUInt64LE(BigInt(offset), at + 16)
  image.writeUInt32LE(mib, at + 24)
  image.writeUInt32LE(1, at + 28)
}

function uint32s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
  return bytes
}

function guidBytes(id: string): Buffer {
  const plain = Buffer.from(id.replaceAll('-', ''), 'hex')
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
  return Buffer.from(order.map((index) => plain[index] ?? 0))
}
