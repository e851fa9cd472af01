/** Grains of a streamOptimized VMDK as they come, unpacked several at once, as extents of 2 MiB. */
import { BufferPool } from '../../algebra/buffer-pool.ts'
import type { ByteStream } from '../../byte-stream.ts'
import type { Inflate } from '../../codec/inflate.ts'
import { DiskError, corrupt, tooLarge, truncated } from '../../disk-error.ts'
import { maxExtentBytes } from '../../disk.ts'
import type { DataExtent, DiskExtent } from '../../disk.ts'
import { saysTheSame } from './header.ts'
import { StreamTables } from './stream-tables.ts'
import {
  grainMarkerBytes,
  hasVmdkMagic,
  markerType,
  parseVmdkHeader,
  parseVmdkMarker,
  vmdkSectorBytes,
} from './structs.ts'
import type { VmdkHeader, VmdkMarker } from './structs.ts'

interface Parts {
  readonly stream: ByteStream
  readonly header: VmdkHeader
  readonly inflate: Inflate
  readonly signal: AbortSignal | undefined
}

/** Grains that fall into the same 2 MiB of the disk, being unpacked side by side. */
interface Window {
  readonly offset: number
  readonly buffer: Buffer
  readonly length: number
  /** Up to where the buffer is filled, or will be. */
  filled: number
  readonly work: Promise<void>[]
}

const maxWindows = 3
const maxDirectoryBytes = 64 * 1024 ** 2

export async function* readStreamExtents(parts: Parts): AsyncGenerator<DiskExtent, void, undefined> {
  const { header } = parts
  const size = header.capacitySectors * vmdkSectorBytes
  const pool = new BufferPool(maxExtentBytes)
  const windows: Window[] = []
  /** Up to where the disk was given out. */
  let given = 0
  try {
    for await (const { offset, packed } of readGrains(parts)) {
      let window = windows.at(-1)
      if (window === undefined || offset >= window.offset + maxExtentBytes) {
        while (windows.length >= maxWindows) yield* give()
        window = openWindow(offset - (offset % maxExtentBytes))
      }
      addGrain(window, offset, packed)
    }
    while (windows.length > 0) yield* give()
    if (given < size) yield { offset: given, length: size - given, kind: 'absent' }
  } finally {
    await Promise.allSettled(windows.flatMap(({ work }) => work))
  }

  function openWindow(offset: number): Window {
    const length = Math.min(maxExtentBytes, size - offset)
    const window = { offset, buffer: pool.take(), length, filled: 0, work: [] }
    windows.push(window)
    return window
  }

  function addGrain(window: Window, offset: number, packed: Buffer): void {
    const at = offset - window.offset
    const grainBytes = header.grainSectors * vmdkSectorBytes
    const needed = Math.min(grainBytes, size - offset)
    window.buffer.fill(0, window.filled, at)
    window.filled = at + needed
    const work = parts.inflate(packed, window.buffer.subarray(at, at + grainBytes)).then((bytes) => {
      if (bytes === undefined || bytes < needed) throw corrupt('A VMDK grain cannot be unpacked')
    })
    // It is awaited with its window; until then its failure is nobody's.
    work.catch(() => undefined)
    window.work.push(work)
  }

  async function* give(): AsyncGenerator<DiskExtent, void, undefined> {
    const window = windows[0]
    if (window === undefined) return
    await Promise.all(window.work)
    windows.shift()
    const { offset, buffer, length } = window
    buffer.fill(0, window.filled, length)
    if (offset > given) yield { offset: given, length: offset - given, kind: 'absent' }
    given = offset + length
    const extent: DataExtent = {
      kind: 'data',
      offset,
      length,
      data: buffer.subarray(0, length),
      release: () => pool.give(buffer),
    }
    yield extent
  }
}

interface Grain {
  readonly offset: number
  readonly packed: Buffer
}

/** From the first grain to the end of the stream, whose tables are checked on the way. */
async function* readGrains({ stream, header, signal }: Parts): AsyncGenerator<Grain, void, undefined> {
  const tables = new StreamTables(header)
  let footer: VmdkHeader | undefined
  let lastSector = -1
  for (;;) {
    signal?.throwIfAborted()
    const sector = stream.position / vmdkSectorBytes
    const first = await stream.read(vmdkSectorBytes, 'The streamOptimized VMDK')
    const marker = parseVmdkMarker(first)
    if (marker.dataBytes > 0) {
      assertGrain(marker, header, lastSector)
      lastSector = marker.value
      tables.addGrain(marker.value / header.grainSectors, sector)
      yield { offset: marker.value * vmdkSectorBytes, packed: await readPackedGrain(stream, first, marker) }
    } else if (marker.type === markerType.endOfStream && marker.value === 0) {
      if (footer === undefined) throw truncated('The footer of the streamOptimized VMDK')
      return
    } else if (marker.type === markerType.grainTable) {
      tables.addTable(await readMarked(stream, marker, header.entriesPerTable * 4), sector + 1)
    } else if (marker.type === markerType.grainDirectory) {
      tables.addDirectory(await readMarked(stream, marker, 0), sector + 1)
    } else if (marker.type === markerType.footer) {
      footer = parseFooter(await readMarked(stream, marker, vmdkSectorBytes), header)
      tables.assertFooter(footer)
    } else throw corrupt('VMDK: a marker of an unknown kind stands between the grains')
  }
}

function assertGrain({ value, dataBytes }: VmdkMarker, header: VmdkHeader, lastSector: number): void {
  if (dataBytes > 2 * header.grainSectors * vmdkSectorBytes) {
    throw corrupt('VMDK: a compressed grain has an impossible size')
  }
  if (value % header.grainSectors !== 0 || value >= header.capacitySectors) {
    throw corrupt('VMDK: a compressed grain lies outside the disk')
  }
  if (value === lastSector) throw corrupt('VMDK: a grain comes twice')
  if (value < lastSector) {
    throw new DiskError(
      'not-supported',
      'VMDK: the grains of this stream are not in order, so it cannot be read while it comes. Save it to a file first.',
    )
  }
}

async function readPackedGrain(stream: ByteStream, first: Buffer, { dataBytes }: VmdkMarker): Promise<Buffer> {
  const end = grainMarkerBytes + dataBytes
  if (end <= vmdkSectorBytes) return first.subarray(grainMarkerBytes, end)
  const restBytes = Math.ceil(end / vmdkSectorBytes) * vmdkSectorBytes - vmdkSectorBytes
  const grain = Buffer.allocUnsafeSlow(vmdkSectorBytes + restBytes)
  first.copy(grain)
  const rest = grain.subarray(vmdkSectorBytes)
  if ((await stream.readInto(rest)) < restBytes) throw truncated('A VMDK grain')
  return grain.subarray(grainMarkerBytes, end)
}

/** What follows a marker that is none of a grain. @param minBytes the least that it must be */
async function readMarked(stream: ByteStream, { value }: VmdkMarker, minBytes: number): Promise<Buffer> {
  const bytes = value * vmdkSectorBytes
  if (!(bytes >= minBytes)) throw corrupt('VMDK: a table is too short')
  if (bytes > maxDirectoryBytes) throw tooLarge('A VMDK table', `${maxDirectoryBytes} bytes`)
  return stream.read(bytes, 'A table of the streamOptimized VMDK')
}

function parseFooter(bytes: Buffer, header: VmdkHeader): VmdkHeader {
  if (!hasVmdkMagic(bytes)) throw corrupt('VMDK: the footer is none')
  const footer = parseVmdkHeader(bytes)
  if (!saysTheSame(header, footer)) throw corrupt('VMDK: header and footer contradict each other')
  return footer
}
