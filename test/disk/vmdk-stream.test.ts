/** streamOptimized as other writers make it: grains in any order, twice, short, or with a lie in them. */
import assert from 'node:assert/strict'
import { readFile as readBytes } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { bufferSource, convertDisk, openDisk } from '../../src/disk/index.ts'
import { withTempFolder } from './disk-fixtures.ts'

import { vmdkDescriptor } from './handmade-images.ts'

const sector = 512
const grainSectors = 128
const grainBytes = grainSectors * sector
const diskGrains = 6
/** The disk ends in the middle of its last grain. */
const capacitySectors = diskGrains * grainSectors - 8
const overheadSectors = 8

/** The grain with this number is filled with its letter. */
const letter = (grain: number): number => 0x61 + grain

interface Options {
  /** Grains in the order in which they stand in the file; the tables name the last of equal ones. */
  readonly grains: readonly number[]
  readonly version?: number
  /** Data of the last grain only up to the end of the disk. */
  readonly isLastShort?: boolean
}

function makeStream({ grains, version = 3, isLastShort = false }: Options): Buffer {
  const pieces: Buffer[] = [makeHead(version)]
  let next = overheadSectors
  const append = (bytes: Buffer): number => {
    const at = next
    const padded = Buffer.concat([bytes], Math.ceil(bytes.length / sector) * sector)
    pieces.push(padded)
    next += padded.length / sector
    return at
  }
  const table = Buffer.alloc(512 * 4)
  for (const grain of grains) {
    const isShort = isLastShort && grain === diskGrains - 1
    const packed = deflateSync(Buffer.alloc(isShort ? grainBytes - 8 * sector : grainBytes, letter(grain)))
    const marker = Buffer.alloc(12)
    marker.writeUInt32LE(grain * grainSectors, 0)
    marker.writeUInt32LE(packed.length, 8)
    table.writeUInt32LE(append(Buffer.concat([marker, packed])), grain * 4)
  }
  append(makeMarker(1, table.length / sector))
  const tableSector = append(table)
  append(makeMarker(2, 1))
  const directory = Buffer.alloc(sector)
  directory.writeUInt32LE(tableSector, 0)
  const directorySector = append(directory)
  append(makeMarker(3, 1))
  const footer = Buffer.from(makeHead(version).subarray(0, sector))
  footer.writeBigUInt64LE(BigInt(directorySector), 56)
  append(footer)
  append(makeMarker(0, 0))
  return Buffer.concat(pieces)
}

function makeHead(version: number): Buffer {
  const head = Buffer.alloc(overheadSectors * sector)
  head.write('KDMV', 0, 'latin1')
  head.writeUInt32LE(version, 4)
  head.writeUInt32LE(0x30001, 8)
  head.writeBigUInt64LE(BigInt(capacitySectors), 12)
  head.writeBigUInt64LE(BigInt(grainSectors), 20)
  head.writeBigUInt64LE(1n, 28)
  head.writeBigUInt64LE(2n, 36)
  head.writeUInt32LE(512, 44)
  head.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 56)
  head.writeBigUInt64LE(BigInt(overheadSectors), 64)
  head.write('\n \r\n', 73, 'latin1')
  head.writeUInt16LE(1, 77)
  head.write(vmdkDescriptor(`RW ${capacitySectors} SPARSE "d.vmdk"`, 'streamOptimized'), sector, 'latin1')
  return head
}

function makeMarker(type: number, sectors: number): Buffer {
  const marker = Buffer.alloc(sector)
  marker.writeUInt32LE(sectors, 0)
  marker.writeUInt32LE(type, 12)
  return marker
}

function expected(grains: readonly number[]): Buffer {
  const disk = Buffer.alloc(capacitySectors * sector)
  for (const grain of grains)
    disk.fill(letter(grain), grain * grainBytes, Math.min((grain + 1) * grainBytes, disk.length))
  return disk
}

async function readImage(image: Buffer): Promise<Buffer> {
  await using disk = await openDisk(bufferSource(image))
  const target = Buffer.alloc(disk.virtualSizeBytes, 0xee)
  await disk.readInto(target, 0)
  return target
}

/** Read as it comes, in pieces that fit nothing. */
async function readStream(image: Buffer): Promise<Buffer> {
  return withTempFolder(async (folder) => {
    const pieces = Array.from({ length: Math.ceil(image.length / 700) }, (_, at) =>
      image.subarray(at * 700, at * 700 + 700),
    )
    const target = join(folder, 'disk.raw')
    await convertDisk({ source: PassThrough.from(pieces), format: 'vmdk', target, targetFormat: 'raw' })

    return readBytes(target)
  })
}

test('grains in order, of every header version, also with gaps and a short last one', async () => {
  for (const version of [1, 2, 3]) {
    for (const grains of [[0, 1, 2, 3, 4, 5], [1, 4], [5]]) {
      for (const isLastShort of [false, true]) {
        const image = makeStream({ grains, version, isLastShort })
        assert.ok((await readImage(image)).equals(expected(grains)), `version ${version}, ${String(grains)}`)
        assert.ok((await readStream(image)).equals(expected(grains)), `version ${version}, ${String(grains)}, stream`)
      }
    }
  }
})

test('grains out of order: read from a file, and told to be saved when they come as a stream', async () => {
  for (const grains of [
    [3, 1, 5, 0],
    [5, 4, 3, 2, 1, 0],
  ]) {
    const image = makeStream({ grains })
    assert.ok((await readImage(image)).equals(expected(grains)), String(grains))
    await assert.rejects(readStream(image), { code: 'not-supported', message: /Save it to a file/ })
  }
})

test('a grain that comes twice: in a file the tables decide, in a stream it is refused', async () => {
  const grains = [0, 2, 2, 4]
  assert.ok((await readImage(makeStream({ grains }))).equals(expected(grains)))
  await assert.rejects(readStream(makeStream({ grains })), { code: 'corrupt' })
})

test('a grain that says it belongs elsewhere, and tables that name another grain, are refused', async () => {
  const image = makeStream({ grains: [0, 1] })
  const second = overheadSectors * sector + Math.ceil((12 + packedBytes(image)) / sector) * sector
  assert.equal(image.readUInt32LE(second), grainSectors)
  const moved = Buffer.from(image)
  moved.writeUInt32LE(4 * grainSectors, second)
  await assert.rejects(readImage(moved), { code: 'corrupt' })
  await assert.rejects(readStream(moved), { code: 'corrupt' })
})

function packedBytes(image: Buffer): number {
  return image.readUInt32LE(overheadSectors * sector + 8)
}
