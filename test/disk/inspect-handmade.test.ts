/** Each rule of refusal by an image that breaks just that rule. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bufferSource, DiskError, inspectDisk } from '../../src/disk/index.ts'
import type { DiskErrorCode, InspectOptions } from '../../src/disk/index.ts'
import { metadataId } from '../../src/disk/formats/vhdx/structs.ts'
import * as handmade from './handmade-images.ts'

const valid: readonly [string, () => Buffer, number, string][] = [
  ['qcow2', handmade.qcow2Image, 2048, 'v3'],
  ['vmdk', handmade.vmdkImage, 131_072, 'monolithicSparse'],
  ['vmdk', handmade.vmdkStreamImage, 131_072, 'streamOptimized'],
  ['vhd', handmade.vhdFixedImage, 8192, 'fixed'],
  ['vhd', handmade.vhdDynamicImage, 8192, 'dynamic'],
  ['vhdx', handmade.vhdxImage, 1_048_576, 'dynamic'],
  ['vdi', handmade.vdiImage, 8192, 'dynamic'],
  ['iso', handmade.isoImage, 40_960, 'iso9660'],
  ['raw', bootSector, 512, 'raw'],
  ['raw', () => Buffer.from('x'), 512, 'raw'],
]

for (const [format, make, virtualSizeBytes, variant] of valid) {
  test(`accepts a ${format} (${variant}) of ${virtualSizeBytes} bytes`, async () => {
    const inspection = await inspectDisk(bufferSource(make()))
    assert.deepEqual(
      { format: inspection.format, variant: inspection.variant, size: inspection.virtualSizeBytes },
      { format, variant, size: virtualSizeBytes },
    )
    assert.equal(inspection.tablesChecked, 'all')
  })
}

type Refusal = [name: string, code: DiskErrorCode, image: () => Buffer, options?: InspectOptions]

/** Makes an image and changes it in place. */
function spoil(make: () => Buffer, change: (image: Buffer) => unknown): () => Buffer {
  return () => {
    const image = make()
    change(image)
    return image
  }
}

const qcow2 = (change: (image: Buffer) => unknown) => spoil(handmade.qcow2Image, change)
const vmdk = (change: (image: Buffer) => unknown) => spoil(() => handmade.vmdkImage(), change)
const vdi = (change: (image: Buffer) => unknown) => spoil(() => handmade.vdiImage(), change)
const vhd = (change: (image: Buffer) => unknown) => spoil(() => handmade.vhdDynamicImage(), change)
const stream = (change: (image: Buffer) => unknown) => spoil(handmade.vmdkStreamImage, change)
const vhdx = (change: (image: Buffer) => unknown) =>
  spoil(handmade.vhdxImage, (image) => {
    change(image)
    handmade.sealVhdx(image)
  })
const cut = (make: () => Buffer, bytes: number) => () => make().subarray(0, -bytes)
const descriptor = (...parts: Parameters<typeof handmade.vmdkDescriptor>) => handmade.vmdkDescriptor(...parts)

const refusals: readonly Refusal[] = [
  ['no bytes', 'empty', () => Buffer.alloc(0)],
  ['a qcow2 declared raw', 'format-mismatch', handmade.qcow2Image, { declaredFormat: 'raw' }],
  ['a fixed VHD declared raw', 'format-mismatch', handmade.vhdFixedImage, { declaredFormat: 'raw' }],
  ['raw declared qcow2', 'format-mismatch', bootSector, { declaredFormat: 'qcow2' }],
  ['QED declared raw', 'format-mismatch', () => Buffer.from('QED\0 and more'), { declaredFormat: 'raw' }],
  ['QED', 'not-supported', () => Buffer.from('QED\0 and more')],
  ['qcow version 1', 'not-supported', () => Buffer.from('QFI\xfb\0\0\0\x01', 'latin1')],
  ['LUKS', 'encrypted', () => Buffer.from('LUKS\xba\xbe\0\x01', 'latin1'), { declaredFormat: 'raw' }],
  ['a qcow2 inside a fixed VHD', 'polyglot', () => handmade.vhdFixedImage(handmade.qcow2Image())],
  ['an ISO that begins as qcow2', 'polyglot', spoil(handmade.isoImage, (image) => handmade.qcow2Image().copy(image))],
  ['a disk above the cap', 'too-large', handmade.qcow2Image, { limits: { maxVirtualSizeBytes: 2047 } }],

  ['qcow2: no disk', 'empty', qcow2((image) => image.fill(0, 24, 32))],
  ['qcow2: version 4', 'not-supported', qcow2((image) => image.writeUInt32BE(4, 4))],
  ['qcow2: backing file', 'backing-file', qcow2((image) => image.writeUInt32BE(200, 12))],
  ['qcow2: backing name without a place', 'backing-file', qcow2((image) => image.writeUInt32BE(5, 16))],
  ['qcow2: AES', 'encrypted', qcow2((image) => image.writeUInt32BE(1, 32))],
  ['qcow2: data file', 'data-file', qcow2((image) => image.writeUInt32BE(4, 76))],
  ['qcow2: data file by extension alone', 'data-file', qcow2((image) => image.writeUInt32BE(0x44415441, 104))],
  ['qcow2: LUKS by extension', 'encrypted', qcow2((image) => image.writeUInt32BE(0x0537be77, 104))],
  ['qcow2: endless extension', 'corrupt', qcow2((image) => image.fill(0xff, 104, 112))],
  ['qcow2: dirty', 'dirty', qcow2((image) => image.writeUInt32BE(1, 76))],
  ['qcow2: marked corrupt', 'corrupt', qcow2((image) => image.writeUInt32BE(2, 76))],
  ['qcow2: unknown feature', 'unknown-feature', qcow2((image) => image.writeUInt32BE(1, 72))],
  ['qcow2: cluster_bits 8', 'corrupt', qcow2((image) => image.writeUInt32BE(8, 20))],
  ['qcow2: cluster_bits 22', 'corrupt', qcow2((image) => image.writeUInt32BE(22, 20))],
  ['qcow2: refcount_order 7', 'corrupt', qcow2((image) => image.writeUInt32BE(7, 96))],
  ['qcow2: header of 4 GiB', 'corrupt', qcow2((image) => image.writeUInt32BE(0xfffffff8, 100))],
  ['qcow2: L1 of 32 GiB', 'too-large', qcow2((image) => image.writeUInt32BE(0xffffffff, 36))],
  ['qcow2: L1 past the end', 'truncated', qcow2((image) => image.writeUInt32BE(0x200000 / 8, 36))],
  ['qcow2: no L1', 'corrupt', qcow2((image) => image.writeUInt32BE(0, 36))],
  ['qcow2: L1 in the header', 'corrupt', qcow2((image) => image.writeBigUInt64BE(0n, 40))],
  ['qcow2: refcount table is L1', 'corrupt', qcow2((image) => image.writeBigUInt64BE(1536n, 48))],
  ['qcow2: L2 is L1', 'corrupt', qcow2((image) => image.writeBigUInt64BE(1536n, handmade.qcow2L1Offset))],
  ['qcow2: L2 past the end', 'truncated', qcow2((image) => image.writeBigUInt64BE(1n << 40n, handmade.qcow2L1Offset))],
  ['qcow2: unaligned data', 'corrupt', qcow2((image) => image.writeUInt32BE(20, 20))],
  ['qcow2: data shared', 'corrupt', qcow2((image) => image.writeBigUInt64BE(2560n, handmade.qcow2L2Offset + 8))],
  [
    'qcow2: compressed past the end',
    'truncated',
    qcow2((image) => image.writeUInt32BE(0x40000001, handmade.qcow2L2Offset)),
  ],
  [
    'qcow2: snapshots past the end',
    'truncated',
    qcow2((image) => image.writeUInt32BE(1, 60) && image.writeBigUInt64BE(4096n, 64)),
  ],
  ['qcow2: cut in its data', 'truncated', cut(handmade.qcow2Image, 1)],
  ['qcow2: cut in its header', 'truncated', () => handmade.qcow2Image().subarray(0, 60)],

  [
    'VMDK: flat extent',
    'external-extent',
    () => Buffer.from(descriptor('RW 1 FLAT "/etc/hostname" 0', 'monolithicFlat')),
  ],
  ['VMDK: flat extent inside', 'external-extent', () => handmade.vmdkImage(descriptor('RW 256 FLAT "x" 0'))],
  ['VMDK: extent with a path', 'external-extent', () => handmade.vmdkImage(descriptor('RW 256 SPARSE "../x"'))],
  ['VMDK: two extents', 'external-extent', () => handmade.vmdkImage(descriptor('RW 9 SPARSE "a"\nRW 9 SPARSE "b"'))],
  [
    'VMDK: parent',
    'backing-file',
    () => handmade.vmdkImage(descriptor(undefined, undefined, 'parentFileNameHint="p"')),
  ],
  ['VMDK: unknown line', 'corrupt', () => handmade.vmdkImage(descriptor(undefined, undefined, 'what is this'))],
  ['VMDK: repeated key', 'corrupt', () => handmade.vmdkImage(descriptor(undefined, undefined, 'createType="vmfs"'))],
  ['VMDK: not ASCII', 'corrupt', () => handmade.vmdkImage(descriptor(undefined, undefined, '# \xff'))],
  ['VMDK: 100 000 extents', 'too-large', () => Buffer.from(descriptor('RW 1 FLAT "f" 0\n'.repeat(100_000)))],
  ['VMDK: descriptor of 2 MiB', 'too-large', vmdk((image) => image.writeBigUInt64LE(4096n, 36))],
  ['VMDK: no descriptor', 'external-extent', vmdk((image) => image.fill(0, 28, 44))],
  ['VMDK: unclean', 'dirty', vmdk((image) => image.writeUInt8(1, 72))],
  ['VMDK: text transfer', 'corrupt', vmdk((image) => image.write('\n \n\n', 73))],
  ['VMDK: unknown flag', 'unknown-feature', vmdk((image) => image.writeUInt32LE(0x80001, 8))],
  ['VMDK: grain on the header', 'corrupt', vmdk((image) => image.writeUInt32LE(1, handmade.vmdkGrainTableOffset))],
  ['VMDK: grain shared', 'corrupt', vmdk((image) => image.writeUInt32LE(128, handmade.vmdkGrainTableOffset + 4))],
  ['VMDK: directory past the end', 'truncated', vmdk((image) => image.writeBigUInt64LE(1n << 50n, 56))],
  ['VMDK: cut', 'truncated', cut(() => handmade.vmdkImage(), 1)],
  ['VMDK: ESXi snapshot extent', 'not-supported', () => Buffer.from('COWD and more')],
  ['VMDK: stream without its footer', 'truncated', cut(handmade.vmdkStreamImage, 1536)],
  [
    'VMDK: footer names a footer',
    'corrupt',
    stream((image) => image.fill(0xff, image.length - 1024 + 56, image.length - 1024 + 64)),
  ],
  ['VMDK: footer is larger', 'corrupt', stream((image) => image.writeUInt32LE(999, image.length - 1024 + 12))],
  ['VMDK: stream of another grain', 'corrupt', stream((image) => image.writeUInt32LE(128, 8 * 512))],
  ['VMDK: grain of 4 GiB', 'corrupt', stream((image) => image.writeUInt32LE(0xffffffff, 8 * 512 + 8))],

  ['VHD: differencing', 'backing-file', () => handmade.vhdDynamicImage(4)],
  ['VHD: type 9', 'corrupt', () => handmade.vhdDynamicImage(9)],
  [
    'VHD: checksums of both footers',
    'corrupt',
    vhd((image) => (image.writeUInt8(1, 200), image.writeUInt8(1, image.length - 300))),
  ],
  ['VHD: header checksum', 'corrupt', vhd((image) => image.writeUInt8(1, 512 + 300))],
  [
    'VHD: footers contradict',
    'corrupt',
    vhd((image) => {
      image.writeUInt32BE(4, 60)
      handmade.sealVhdFooter(image.subarray(0, 512))
    }),
  ],
  ['VHD: block past the end', 'truncated', vhd((image) => image.writeUInt32BE(9999, handmade.vhdTableOffset))],
  ['VHD: block on the header', 'corrupt', vhd((image) => image.writeUInt32BE(1, handmade.vhdTableOffset))],
  ['VHD: block shared', 'corrupt', vhd((image) => image.writeUInt32BE(4, handmade.vhdTableOffset + 4))],
  ['VHD: cut', 'truncated', cut(() => handmade.vhdDynamicImage(), 600)],
  ['VHD: fixed, data cut out', 'truncated', () => handmade.vhdFixedImage().subarray(512)],

  [
    'VHDX: parent locator',
    'backing-file',
    vhdx((image) => handmade.writeMetadataItem(image, 3, metadataId.parentLocator, Buffer.alloc(4))),
  ],
  ['VHDX: has parent', 'backing-file', vhdx((image) => image.writeUInt8(2, handmade.vhdxMetadataOffset + 65_536 + 4))],
  ['VHDX: log', 'dirty', vhdx((image) => image.writeUInt8(1, handmade.vhdxHeaderOffset + 48))],
  [
    'VHDX: headers',
    'corrupt',
    spoil(handmade.vhdxImage, (image) => image.writeUInt8(9, handmade.vhdxHeaderOffset + 8)),
  ],
  [
    'VHDX: regions',
    'corrupt',
    spoil(handmade.vhdxImage, (image) => image.writeUInt8(9, handmade.vhdxRegionOffset + 99)),
  ],
  ['VHDX: region unknown', 'unknown-feature', vhdx((image) => image.writeUInt8(9, handmade.vhdxRegionOffset + 16))],
  ['VHDX: regions overlap', 'corrupt', vhdx((image) => image.writeUInt8(0x30, handmade.vhdxRegionOffset + 16 + 18))],
  ['VHDX: item unknown', 'unknown-feature', vhdx((image) => image.writeUInt8(9, handmade.vhdxMetadataOffset + 32))],
  ['VHDX: block size 0', 'corrupt', vhdx((image) => image.writeUInt32LE(0, handmade.vhdxMetadataOffset + 65_536))],
  ['VHDX: block on the log', 'corrupt', vhdx((image) => image.writeUInt32LE(1_048_576 + 6, handmade.vhdxBatOffset))],
  ['VHDX: block past the end', 'truncated', vhdx((image) => image.writeUInt32LE(9, handmade.vhdxBatOffset + 4))],
  ['VHDX: cut', 'truncated', cut(handmade.vhdxImage, 1)],

  ['VDI: differencing', 'backing-file', () => handmade.vdiImage(4)],
  ['VDI: parent uuid', 'backing-file', vdi((image) => image.writeUInt8(1, 0x1b8))],
  ['VDI: type 7', 'corrupt', () => handmade.vdiImage(7)],
  ['VDI: block size 0', 'corrupt', vdi((image) => image.writeUInt32LE(0, 0x178))],
  ['VDI: block past the map', 'corrupt', vdi((image) => image.writeUInt32LE(2, handmade.vdiMapOffset))],
  ['VDI: block past the end', 'truncated', vdi((image) => image.writeUInt32LE(1, handmade.vdiMapOffset))],
  ['VDI: block shared', 'corrupt', vdi((image) => image.writeUInt32LE(0, handmade.vdiMapOffset + 4))],
  ['VDI: map in the header', 'corrupt', vdi((image) => image.writeUInt32LE(0, 0x154))],
  ['VDI: cut', 'truncated', cut(() => handmade.vdiImage(), 1)],

  ['ISO: cut', 'truncated', cut(handmade.isoImage, 2048)],
]

for (const [name, code, image, options] of refusals) {
  test(`refuses with ${code}: ${name}`, async () => {
    await assert.rejects(inspectDisk(bufferSource(image()), options), (error: unknown) => {
      assert.ok(error instanceof DiskError, String(error))
      assert.equal(error.code, code, error.message)
      assert.match(error.message, /\. [A-Z].*\.$/, 'the message says what to do next')
      return true
    })
  })
}

function bootSector(): Buffer {
  const sector = Buffer.alloc(512)
  sector.writeUInt16LE(0xaa55, 510)
  return sector
}
