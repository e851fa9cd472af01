import { readInside } from '../../bounds.ts'
import { DiskError, tooLarge } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import type { DiskReference, RefusableReference } from '../../references.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import {
  assertOwnExtent,
  assertSelfContained,
  externalExtent,
  maxDescriptorBytes,
  parseDescriptor,
} from './descriptor.ts'
import type { VmdkDescriptor } from './descriptor.ts'
import { readVmdkHeader } from './header.ts'
import { extentReference, parentReference } from './references.ts'
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
  if (!hasVmdkMagic(start)) return inspectSplit(source, start, context)
  const header = await readVmdkHeader(source, context)
  const descriptor = await readOwnDescriptor(source, header, context)
  if (context.allowReferences === true) assertOwnExtent(descriptor, header.capacitySectors)
  else assertSelfContained(descriptor, header.capacitySectors)
  const tables = await checkVmdkTables(source, header, context)
  const isCompressed = (header.flags & vmdkFlag.compressed) !== 0
  return {
    format: 'vmdk',
    variant: isCompressed ? 'streamOptimized' : 'monolithicSparse',
    virtualSizeBytes: header.capacitySectors * vmdkSectorBytes,
    fileSizeBytes: source.sizeBytes,
    ...tables,
    details: { headerVersion: header.version, grainSizeBytes: header.grainSectors * vmdkSectorBytes },
    ...(descriptor.hasParent ? { references: [plain(parentReference(descriptor))] } : {}),
  }
}

/** A text descriptor, whose extents lie in other files. */
async function inspectSplit(
  source: RandomAccessSource,
  start: Buffer,
  context: InspectContext,
): Promise<DiskInspection> {
  const descriptor = await readTextDescriptor(source, start, context)
  if (context.allowReferences !== true) throw externalExtent()
  const references = descriptor.extents
    .filter(({ name }) => name !== '')
    .map((extent) => plain(extentReference(extent)))
  const virtualSizeBytes = descriptor.extents.reduce((sum, { sectors }) => sum + sectors * vmdkSectorBytes, 0)
  assertVirtualSize(virtualSizeBytes, context.limits)
  return {
    format: 'vmdk',
    variant: descriptor.createType,
    virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    allocatedBytes: 0,
    tablesChecked: 'all',
    details: { extents: descriptor.extents.length },
    references: descriptor.hasParent ? [...references, plain(parentReference(descriptor))] : references,
  }
}

function plain({ refusal: _, ...reference }: RefusableReference): DiskReference {
  return reference
}

/** The descriptor inside a sparse extent. @throws DiskError */
export async function readOwnDescriptor(
  source: RandomAccessSource,
  header: VmdkHeader,
  context: InspectContext,
): Promise<VmdkDescriptor> {
  const offset = header.descriptorSector * vmdkSectorBytes
  const length = header.descriptorSectors * vmdkSectorBytes
  return parseDescriptor(await readInside(source, offset, length, 'The VMDK descriptor', context.signal))
}

/** A file that is nothing but a descriptor. @param start its first sector @throws DiskError also for other kinds of VMDK */
export async function readTextDescriptor(
  source: RandomAccessSource,
  start: Buffer,
  context: InspectContext,
): Promise<VmdkDescriptor> {
  const startsWith = (magic: Buffer): boolean => start.subarray(0, magic.length).equals(magic)
  if (startsWith(cowdMagic) || startsWith(seSparseMagic)) {
    throw new DiskError(
      'not-supported',
      'VMDK: this is an extent of a snapshot of ESXi. Consolidate the disk, export it as streamOptimized and upload that.',
    )
  }
  if (source.sizeBytes > maxDescriptorBytes) throw tooLarge('The VMDK descriptor', '1 MiB')
  return parseDescriptor(await readInside(source, 0, source.sizeBytes, 'The VMDK descriptor', context.signal))
}
