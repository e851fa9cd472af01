/** Whatever is done to the bytes of an image: a DiskError or an inspection, no read outside the file, bounded memory and time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DiskError, inspectDisk, sniffHeader } from '../../src/disk/index.ts'
import type { RandomAccessSource } from '../../src/disk/index.ts'
import { awkwardNumbers, strictSource } from '../support/strict-source.ts'
import * as handmade from './handmade-images.ts'

/** `seal` makes checksums right again, so that mutations get past them. */
interface Subject {
  readonly name: string
  readonly image: Buffer
  /** Ranges worth mutating: headers and tables. */
  readonly places: readonly (readonly [offset: number, length: number])[]
  readonly seal?: (image: Buffer) => void
}

const iso = handmade.isoImage()
const vhd = handmade.vhdDynamicImage()
const stream = handmade.vmdkStreamImage()
const subjects: readonly Subject[] = [
  {
    name: 'qcow2',
    image: handmade.qcow2Image(),
    places: [
      [8, 112],
      [512, 16],
      [1536, 8],
      [2048, 64],
    ],
  },
  {
    name: 'vmdk',
    image: handmade.vmdkImage(),
    places: [
      [4, 80],
      [512, 300],
      [21 * 512, 8],
      [22 * 512, 16],
    ],
  },
  {
    name: 'vmdk stream',
    image: stream,
    places: [
      [4, 80],
      [8 * 512, 16],
      [9 * 512, 8],
      [13 * 512, 8],
      [stream.length - 1536, 1536],
    ],
  },
  {
    name: 'vhd',
    image: vhd,
    places: [
      [512, 50],
      [1536, 16],
      [vhd.length - 504, 84],
    ],
    seal: sealVhd,
  },
  {
    name: 'vhdx',
    image: handmade.vhdxImage(),
    places: [
      [handmade.vhdxHeaderOffset + 8, 80],
      [handmade.vhdxRegionOffset + 8, 80],
      [handmade.vhdxMetadataOffset, 160],
      [handmade.vhdxMetadataOffset + 65_536, 64],
      [handmade.vhdxBatOffset, 16],
    ],
    seal: handmade.sealVhdx,
  },
  {
    name: 'vdi',
    image: handmade.vdiImage(),
    places: [
      [0x44, 12],
      [0x154, 0x80],
      [512, 8],
    ],
  },
  { name: 'iso', image: iso, places: [[0x8000, 200]] },
]

function sealVhd(image: Buffer): void {
  handmade.sealVhdFooter(image.subarray(-512))
}

const strict = (image: Buffer): RandomAccessSource => strictSource(image, 4 * image.length + 1024 ** 2)

/** Numbers that parsers stumble over, and random ones. */
const byteStrings = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 8 }),
  fc.constantFrom(...awkwardNumbers).map((hex) => Buffer.from(hex, 'hex')),
)

for (const { name, image, places, seal } of subjects) {
  test(`mutated ${name}: nothing but a DiskError, no read outside the file`, async () => {
    const spans = fc.constantFrom(...places)
    const mutation = fc.tuple(spans, fc.nat(), byteStrings)
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.option(fc.nat(image.length)),
        async (mutations, isSealed, cut) => {
          const work = Buffer.from(image)
          for (const [[offset, length], shift, bytes] of mutations)
            work.set(bytes, Math.min(offset + (shift % length), work.length - bytes.length))
          if (isSealed) seal?.(work)
          const bytes = cut === null ? work : work.subarray(0, cut)
          sniffHeader(bytes)
          await inspectDisk(strict(bytes)).catch((error: unknown) =>
            assert.ok(error instanceof DiskError, String(error)),
          )
        },
      ),
      { numRuns: name === 'vhdx' ? 80 : 400 },
    )
  })
}

test('every cut of every hand-made image is refused or seen as another kind', async () => {
  for (const { name, image } of subjects) {
    const { format } = await inspectDisk(strict(image))
    for (let part = 0; part < 20; part++) {
      const cut = image.subarray(0, Math.floor((image.length * part) / 20))
      await assert.rejects(
        inspectDisk(strict(cut), { declaredFormat: format }),
        DiskError,
        `${name} cut to ${cut.length}`,
      )
    }
  }
})
