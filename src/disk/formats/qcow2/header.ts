/** The judgement on a qcow2 header and its extensions: refuses whatever reaches outside the file or is not understood. */
import { DiskError, corrupt, tooLarge } from '../../disk-error.ts'
import { readInside } from '../../bounds.ts'
import type { DiskFormat } from '../../../model/disk-formats.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { RefusableReference } from '../../references.ts'
import type { InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { extension, incompatible, knownIncompatibleMask, parseQcow2Header, qcow2HeaderBytesV2 } from './structs.ts'
import { qcow2HeaderBytesV3 } from './structs.ts'
import type { Qcow2Header } from './structs.ts'

const maxL1Bytes = 32 * 1024 ** 2
const maxRefcountTableBytes = 8 * 1024 ** 2
const maxSnapshots = 65_536
const maxNameBytes = 1023

export interface Qcow2Head {
  readonly header: Qcow2Header
  /** The other files that the image needs: at most a backing file and a data file. */
  readonly backingFile?: RefusableReference
  readonly dataFile?: RefusableReference
  /** The extension that says where persistent bitmaps are, when it is up to date. */
  readonly bitmaps?: Buffer
}

/** Reads, checks and returns the header with what it refers to. @throws DiskError, but not for references */
export async function readQcow2Head(source: RandomAccessSource, context: InspectContext): Promise<Qcow2Head> {
  const length = Math.max(qcow2HeaderBytesV2, Math.min(112, source.sizeBytes))
  const header = parseQcow2Header(await readInside(source, 0, length, 'The qcow2 header', context.signal))
  assertReadable(header)
  assertFeatures(header)
  if (header.cryptMethod !== 0) throw encrypted()
  assertVirtualSize(header.virtualSizeBytes, context.limits)
  assertTables(header)
  return { header, ...(await readReferences(source, header, context)) }
}

/** @throws DiskError `backing-file` | `data-file` */
export function assertSelfContained({ backingFile, dataFile }: Qcow2Head): void {
  const reference = dataFile ?? backingFile
  if (reference !== undefined) throw reference.refusal()
}

function assertReadable(header: Qcow2Header): void {
  if (header.version !== 2 && header.version !== 3) {
    throw new DiskError('not-supported', 'qcow2 of this version is not known. Convert the image to qcow2 version 3.')
  }
  if (header.clusterBits < 9 || header.clusterBits > 21)
    throw corrupt('qcow2: the cluster size is not 512 bytes to 2 MiB')
  if (header.refcountOrder > 6) throw corrupt('qcow2: the reference count width is above 64 bits')
  const isV3 = header.version === 3
  if (isV3 && (header.headerBytes < qcow2HeaderBytesV3 || header.headerBytes % 8 !== 0)) {
    throw corrupt('qcow2: the header length is wrong')
  }
  if (header.headerBytes > 2 ** header.clusterBits) throw corrupt('qcow2: the header is longer than a cluster')
}

function assertFeatures(header: Qcow2Header): void {
  const bits = header.incompatibleLow
  if (header.incompatibleHigh !== 0 || (bits & ~knownIncompatibleMask) !== 0) {
    throw new DiskError(
      'unknown-feature',
      'qcow2: the image needs a feature that is not known here. Convert it with qemu-img convert -O qcow2 and upload the result.',
    )
  }
  if ((bits & incompatible.corrupt) !== 0) {
    throw new DiskError(
      'corrupt',
      'qcow2: the image is marked corrupt. Repair it with qemu-img check -r all, or export it again.',
    )
  }
  if ((bits & incompatible.dirty) !== 0) {
    throw new DiskError(
      'dirty',
      'qcow2: the image was not closed properly. Repair it with qemu-img check -r all and upload it again.',
    )
  }
  const mayBeZstd = (bits & incompatible.compressionType) !== 0
  if (header.compressionType > 1 || (header.compressionType !== 0) !== mayBeZstd) {
    throw corrupt('qcow2: the compression type is not known')
  }
  if ((bits & incompatible.extendedL2) !== 0 && header.clusterBits < 14) {
    throw corrupt('qcow2: clusters are too small for extended L2 entries')
  }
}

function assertTables(header: Qcow2Header): void {
  const clusterBytes = 2 ** header.clusterBits
  const l2EntryBytes = (header.incompatibleLow & incompatible.extendedL2) !== 0 ? 16 : 8
  const bytesPerL2 = (clusterBytes / l2EntryBytes) * clusterBytes
  if (header.l1Entries * 8 > maxL1Bytes) throw tooLarge('The qcow2 L1 table', '32 MiB')
  if (header.l1Entries < Math.ceil(header.virtualSizeBytes / bytesPerL2)) {
    throw corrupt('qcow2: the L1 table is too small for the virtual size')
  }
  if (header.l1Offset % clusterBytes !== 0) throw corrupt('qcow2: the L1 table is not aligned')
  if (header.refcountTableClusters === 0 || header.refcountTableOffset === 0) {
    throw corrupt('qcow2: there is no reference count table')
  }
  if (header.refcountTableClusters * clusterBytes > maxRefcountTableBytes) {
    throw tooLarge('The qcow2 reference count table', '8 MiB')
  }
  if (header.refcountTableOffset % clusterBytes !== 0) throw corrupt('qcow2: the reference count table is not aligned')
  if (header.snapshotCount > maxSnapshots) throw tooLarge('The number of qcow2 snapshots', `${maxSnapshots}`)
}

/** The header's first cluster holds everything that names other files: extensions, and the name of the backing file. */
async function readReferences(
  source: RandomAccessSource,
  header: Qcow2Header,
  context: InspectContext,
): Promise<Omit<Qcow2Head, 'header'>> {
  const length = Math.min(2 ** header.clusterBits, source.sizeBytes)
  const bytes = await readInside(source, 0, length, 'The qcow2 header', context.signal)
  const extensions = readExtensions(bytes, header)
  if (extensions.has(extension.fullDiskEncryption)) throw encrypted()
  const needsDataFile = (header.incompatibleLow & incompatible.dataFile) !== 0
  const dataFileName = extensions.get(extension.dataFile)
  if (dataFileName !== undefined && !needsDataFile) throw dataFileRefusal()
  const bitmaps = header.hasBitmaps ? extensions.get(extension.bitmaps) : undefined
  const needsBacking = header.backingFileOffset !== 0 || header.backingFileBytes !== 0
  return {
    ...(bitmaps === undefined ? {} : { bitmaps }),
    ...(needsDataFile ? { dataFile: dataFileReference(dataFileName) } : {}),
    ...(needsBacking ? { backingFile: backingReference(bytes, header, extensions.get(extension.backingFormat)) } : {}),
  }
}

/** Extensions by type; of two with the same type the first counts, as it does for QEMU. */
function readExtensions(bytes: Buffer, header: Qcow2Header): ReadonlyMap<number, Buffer> {
  const extensions = new Map<number, Buffer>()
  for (let at = header.headerBytes; at + 8 <= bytes.length;) {
    const type = bytes.readUInt32BE(at)
    if (type === extension.end) break
    const dataBytes = bytes.readUInt32BE(at + 4)
    if (at + 8 + dataBytes > bytes.length) throw corrupt('qcow2: a header extension is longer than the header')
    if (!extensions.has(type)) extensions.set(type, bytes.subarray(at + 8, at + 8 + dataBytes))
    at += 8 + Math.ceil(dataBytes / 8) * 8
  }
  return extensions
}

function backingReference(bytes: Buffer, header: Qcow2Header, formatName: Buffer | undefined): RefusableReference {
  const { backingFileOffset: offset, backingFileBytes: length } = header
  const isInside = offset >= header.headerBytes && length <= maxNameBytes && offset + length <= bytes.length
  const format = parseBackingFormat(formatName?.toString('latin1'))
  return {
    kind: 'backing-file',
    names: isInside && length > 0 ? [bytes.toString('utf8', offset, offset + length)] : [],
    ...(format === undefined ? {} : { format }),
    refusal: () =>
      new DiskError(
        'backing-file',
        'qcow2: the image has a backing file. Flatten it with qemu-img convert -O qcow2 and upload the result.',
      ),
  }
}

/** QEMU's names for the formats that can be below a qcow2. */
function parseBackingFormat(name: string | undefined): DiskFormat | undefined {
  const formats: Readonly<Record<string, DiskFormat>> = {
    raw: 'raw',
    file: 'raw',
    host_device: 'raw',
    qcow2: 'qcow2',
    vmdk: 'vmdk',
    vpc: 'vhd',
  }
  return name === undefined ? undefined : formats[name]
}

function dataFileReference(name: Buffer | undefined): RefusableReference {
  const names = name === undefined || name.length > maxNameBytes ? [] : [name.toString('utf8')]
  return { kind: 'data-file', names, format: 'raw', refusal: dataFileRefusal }
}

function dataFileRefusal(): DiskError {
  return new DiskError(
    'data-file',
    'qcow2: the guest data lies in another file. Convert the image with qemu-img convert -O qcow2 and upload the result.',
  )
}

function encrypted(): DiskError {
  return new DiskError(
    'encrypted',
    'qcow2: the image is encrypted. Decrypt it with qemu-img convert and upload the result.',
  )
}
