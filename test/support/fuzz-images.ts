/** Images of every kind with their structures spoiled in ways that parsers stumble over: what the fuzzer and its test share. */
import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { checkDisk, convertDisk, DiskError } from '../../src/disk/index.ts'
import { vhdChecksum } from '../../src/disk/formats/vhd/structs.ts'
import { awkwardNumbers, strictSource } from './strict-source.ts'
import type { WrittenVariant } from './written-variants.ts'

/** Small, so that structures are a large part of an image: some data, some zeros, an odd end. */
export function makeFuzzContent(): Buffer {
  const content = Buffer.alloc(300 * 1024 + 512)
  for (let block = 0; block < 4; block++) {
    let seed: Buffer = createHash('sha256').update(`block ${block}`).digest()
    for (let at = block * 70_000; at < block * 70_000 + 30_000; at += 32) {
      seed.copy(content, at)
      if (at % 3 === 0) seed = createHash('sha256').update(seed).digest()
    }
  }
  return content
}

/** A stream of numbers that only the seed decides (xorshift). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

/** One to four changes at places that are not zeros (which is where structures are), or a cut, or a copy from elsewhere. */
export function mutate(image: Buffer, random: (below: number) => number): Buffer {
  const spoiled = Buffer.from(image)
  const places = structurePlaces(image)
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = Math.min((places[random(places.length)] ?? 0) + random(16), spoiled.length - 8)
    const kind = random(4)
    if (kind === 0) spoiled.writeUInt8(spoiled.readUInt8(at) ^ (1 << random(8)), at)
    else if (kind === 1) Buffer.from(awkwardNumbers[random(awkwardNumbers.length)] ?? '', 'hex').copy(spoiled, at)
    else if (kind === 2)
      spoiled.copy(spoiled, at, places[random(places.length)], (places[random(places.length)] ?? 0) + 8)
    else spoiled.writeUInt32BE(random(0xffffffff), at)
  }
  sealVhd(spoiled)
  return random(8) === 0 ? spoiled.subarray(0, random(spoiled.length)) : spoiled
}

/** Every 16 bytes that hold something, those of the first 4 KiB many times over: headers decide most. */
function structurePlaces(image: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = 0; at < image.length; at += 16) {
    const isEmpty = image.subarray(at, at + 16).every((byte) => byte === 0)
    if (!isEmpty)
      for (let weight = at < 4096 || at > image.length - 2048 ? 20 : 1; weight > 0; weight--) places.push(at)
  }
  return places
}

/** Checksums made right again, so that changes get past them. */
function sealVhd(image: Buffer): void {
  if (image.toString('latin1', image.length - 512, image.length - 504) !== 'conectix') return
  for (const at of [0, image.length - 512]) image.writeUInt32BE(vhdChecksum(image.subarray(at, at + 512), 64), at + 64)
  if (image.toString('latin1', 512, 520) === 'cxsparse') {
    image.writeUInt32BE(vhdChecksum(image.subarray(512, 1536), 36), 512 + 36)
  }
}

/** Refused with a DiskError, or converted: anything else is thrown. @returns which of the two */
export async function tryImage(image: Buffer, { format }: Pick<WrittenVariant, 'format'>): Promise<'refused' | 'read'> {
  const sink = new PassThrough()
  sink.resume()
  try {
    const signal = AbortSignal.timeout(20_000)
    const limits = { maxVirtualSizeBytes: 64 * 1024 ** 2 }
    const source = strictSource(image, 64 * image.length + 64 * 1024 ** 2)
    await convertDisk({ source, format, target: sink, targetFormat: 'raw', limits, signal })
    if (format === 'qcow2') await checkDisk(source, { format, limits, signal })
    return 'read'
  } catch (error) {
    if (error instanceof DiskError && error.message !== '') return 'refused'
    throw error
  } finally {
    // What is refused at once never touches the target.
    sink.destroy()
  }
}
