import type { ByteStream } from '../../byte-stream.ts'
import { loadInflate } from '../../codec/inflate.ts'
import { DiskError, corrupt, truncated } from '../../disk-error.ts'
import type { StreamReader } from '../../disk.ts'
import { maxExtentBytes } from '../../disk.ts'
import type { OpenContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { assertSelfContained, parseDescriptor } from './descriptor.ts'
import { assertVmdkHeader } from './header.ts'
import { readStreamExtents } from './stream-reader.ts'
import { hasVmdkMagic, parseVmdkHeader, vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'

const maxOverheadSectors = 2 ** 17

/** streamOptimized only: all that is needed comes in order, and its tables, which come last, only confirm it. */
export async function openVmdkStream(
  stream: ByteStream,
  { limits }: Pick<OpenContext, 'limits'>,
): Promise<StreamReader> {
  const what = 'The start of the streamOptimized VMDK'
  const start = await stream.read(vmdkSectorBytes, what)
  if (!hasVmdkMagic(start)) throw needsFile()
  const header = parseVmdkHeader(start)
  assertVmdkHeader(header)
  assertStreamable(header)
  const virtualSizeBytes = header.capacitySectors * vmdkSectorBytes
  assertVirtualSize(virtualSizeBytes, limits)
  const { descriptorSector, descriptorSectors, overheadSectors } = header
  const isInside = descriptorSector >= 1 && descriptorSector + descriptorSectors <= overheadSectors
  if (!isInside || overheadSectors > maxOverheadSectors) throw corrupt('VMDK: the descriptor is not before the grains')
  const overhead = await stream.read((overheadSectors - 1) * vmdkSectorBytes, what)
  const at = (descriptorSector - 1) * vmdkSectorBytes
  const descriptor = parseDescriptor(overhead.subarray(at, at + descriptorSectors * vmdkSectorBytes))
  assertSelfContained(descriptor, header.capacitySectors)
  const inflate = await loadInflate('zlib')
  return {
    virtualSizeBytes,
    blockSizeBytes: header.grainSectors * vmdkSectorBytes,
    extents: ({ signal } = {}) => readStreamExtents({ stream, header, inflate, signal }),
  }
}

function assertStreamable(header: VmdkHeader): void {
  const needed = vmdkFlag.compressed | vmdkFlag.markers
  if ((header.flags & needed) !== needed || !header.isDirectoryAtEnd) throw needsFile()
  if (header.grainSectors * vmdkSectorBytes > maxExtentBytes) throw needsFile()
  if (header.descriptorSectors === 0) throw truncated('The VMDK descriptor')
}

function needsFile(): DiskError {
  return new DiskError(
    'not-supported',
    'This kind of VMDK cannot be read from a stream, only streamOptimized can. Save it to a file first.',
  )
}
