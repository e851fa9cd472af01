/** The small images that are made byte by byte, read: no tool and no image from elsewhere has a part in it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, zstdCompressSync } from 'node:zlib'
import { bufferSource, openDisk } from '../../src/disk/index.ts'
import * as handmade from './handmade-images.ts'

/** What stands where: a letter for each stretch of bytes, `.` for zeros. */
type Stretches = readonly (readonly [letter: string, bytes: number])[]

interface Sample {
  readonly name: string
  readonly image: Buffer
  readonly content: Stretches
}

const entry = (offset: number, flags = 0x8000_0000_0000_0000n): bigint => flags + BigInt(offset)

/** Four clusters: one of data, one of zeros that keeps its place, one compressed, one absent. */
function qcow2Clusters(packed: Buffer): Buffer {
  const image = Buffer.concat([handmade.qcow2Image(), Buffer.concat([packed], 512)])
  const l2 = handmade.qcow2L2Offset
  image.writeBigUInt64BE(entry(5 * 512), l2)
  image.writeBigUInt64BE(1n, l2 + 8)
  // One sector, so there are no further ones; the offset of the compressed bytes needs no alignment.
  image.writeBigUInt64BE(entry(6 * 512, 0x4000_0000_0000_0000n), l2 + 16)
  return image
}

function qcow2Zstd(): Buffer {
  const image = qcow2Clusters(zstdCompressSync(Buffer.alloc(512, 'c')))
  image.writeUInt32BE(8, 76)
  image.writeUInt32BE(112, 100)
  image.writeUInt8(1, 104)
  return image
}

/** Version 2: the second grain is marked as zeros. */
function vmdkZeroGrain(): Buffer {
  const image = handmade.vmdkImage()
  image.writeUInt32LE(2, 4)
  image.writeUInt32LE(5, 8)
  image.writeUInt32LE(1, handmade.vmdkGrainTableOffset + 4)
  return image
}

/** Sectors of the first block that count: 0, 1 and 5. */
function vhdBitmap(): Buffer {
  const image = handmade.vhdDynamicImage()
  image.fill(0, 2048, 2560).writeUInt8(0b1100_0100, 2048)
  image.fill('v', 2560, 2560 + 4096)
  return image
}

const samples: readonly Sample[] = [
  {
    name: 'qcow2',
    image: handmade.qcow2Image(),
    content: [
      ['d', 512],
      ['.', 1536],
    ],
  },
  {
    name: 'qcow2 with every kind of cluster, zlib',
    image: qcow2Clusters(deflateRawSync(Buffer.alloc(512, 'c'))),
    content: [
      ['d', 512],
      ['.', 512],
      ['c', 512],
      ['.', 512],
    ],
  },
  {
    name: 'qcow2 with every kind of cluster, zstd',
    image: qcow2Zstd(),
    content: [
      ['d', 512],
      ['.', 512],
      ['c', 512],
      ['.', 512],
    ],
  },
  {
    name: 'monolithicSparse',
    image: handmade.vmdkImage(),
    content: [
      ['g', 65_536],
      ['.', 65_536],
    ],
  },
  {
    name: 'monolithicSparse with a grain of zeros',
    image: vmdkZeroGrain(),
    content: [
      ['g', 65_536],
      ['.', 65_536],
    ],
  },
  { name: 'fixed VHD', image: handmade.vhdFixedImage(Buffer.alloc(8192, 'f')), content: [['f', 8192]] },
  {
    name: 'dynamic VHD',
    image: vhdBitmap(),
    content: [
      ['v', 1024],
      ['.', 1536],
      ['v', 512],
      ['.', 5120],
    ],
  },
  {
    name: 'raw',
    image: Buffer.alloc(1000, 'r'),
    content: [
      ['r', 1000],
      ['.', 24],
    ],
  },
]

for (const { name, image, content } of samples) {
  test(`hand-made: ${name}`, async () => {
    const expected = Buffer.concat(content.map(([letter, bytes]) => Buffer.alloc(bytes, letter === '.' ? 0 : letter)))
    await using disk = await openDisk(bufferSource(image))
    const whole = Buffer.alloc(disk.virtualSizeBytes, 0xee)
    await disk.readInto(whole, 0)
    assert.ok(whole.equals(expected))
    const pieces: Buffer[] = []
    for await (const extent of disk.extents()) {
      pieces.push(extent.kind === 'data' ? Buffer.from(extent.data) : Buffer.alloc(extent.length))
    }
    assert.ok(Buffer.concat(pieces).equals(expected))
    // From any place to any other, across all borders.
    for (let offset = 0; offset < Math.min(expected.length, 4096); offset += 300) {
      const part = Buffer.alloc(Math.min(1111, expected.length - offset), 0xee)
      await disk.readInto(part, offset)
      assert.ok(part.equals(expected.subarray(offset, offset + part.length)), `${offset}`)
    }
  })
}
