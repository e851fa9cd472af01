import { readInside } from '../../bounds.ts'
import { DiskError, tooLarge } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertSelfContained, externalExtent, maxDescriptorBytes, parseDescriptor } from './descriptor.ts'
import { readVmdkHeader } from './header.ts'
import { cowdMagic, hasVmdkMagic, seSparseMagic, vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'
import { checkVmdkTables } from './tables.ts'

export async function inspectVmdk(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const start = await readInside(
    source,
    0,
    Math.min(source.sizeBytes, vmdkSectorBytes),
    'The VMDK header',
    context.signal,
  )
  if (!hasVmdkMagic(start)) throw await refusal(source, start, context)
  const header = await readVmdkHeader(source, context)
  const descriptor = parseDescriptor(await readDescriptor(source, header, context))
  assertSelfContained(descriptor, header.capacitySectors)
  const tables = await checkVmdkTables(source, header, context)
  const isCompressed = (header.flags & vmdkFlag.compressed) !== 0
  return {
    format: 'vmdk',
    variant: isCompressed ? 'streamOptimized' : 'monolithicSparse',
    virtualSizeBytes: header.capacitySectors * vmdkSectorBytes,
    fileSizeBytes: source.sizeBytes,
    ...tables,
    details: { headerVersion: header.version, grainSizeBytes: header.grainSectors * vmdkSectorBytes },
  }
}

function readDescriptor(source: RandomAccessSource, header: VmdkHeader, context: InspectContext): Promise<Buffer> {
  const offset = header.descriptorSector * vmdkSectorBytes
  const length = header.descriptorSectors * vmdkSectorBytes
  return readInside(source, offset, length, 'The VMDK descriptor', context.signal)
}

/** Known kinds of VMDK that are not one sparse extent with everything in it. */
async function refusal(source: RandomAccessSource, start: Buffer, context: InspectContext): Promise<DiskError> {
  const startsWith = (magic: Buffer): boolean => start.subarray(0, magic.length).equals(magic)
  if (startsWith(cowdMagic) || startsWith(seSparseMagic)) {
    return new DiskError(
      'not-supported',
      'VMDK: this is an extent of a snapshot of ESXi. Consolidate the disk, export it as streamOptimized and upload that.',
    )
  }
  if (source.sizeBytes > maxDescriptorBytes) return tooLarge('The VMDK descriptor', '1 MiB')
  parseDescriptor(await readInside(source, 0, source.sizeBytes, 'The VMDK descriptor', context.signal))
  return externalExtent()
}
