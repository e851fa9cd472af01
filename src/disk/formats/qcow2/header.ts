/** The judgement on a qcow2 header and its extensions: refuses whatever reaches outside the file or is not understood. */
import { DiskError, corrupt, tooLarge } from '../../disk-error.ts'
import { readInside } from '../../bounds.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { extension, incompatible, knownIncompatibleMask, parseQcow2Header, qcow2HeaderBytesV2 } from './structs.ts'
import { qcow2HeaderBytesV3 } from './structs.ts'
import type { Qcow2Header } from './structs.ts'

const maxL1Bytes = 32 * 1024 ** 2
const maxRefcountTableBytes = 8 * 1024 ** 2
const maxSnapshots = 65_536

/** Reads, checks and returns the header. @throws DiskError */
export async function readQcow2Header(source: RandomAccessSource, context: InspectContext): Promise<Qcow2Header> {
  const length = Math.max(qcow2HeaderBytesV2, Math.min(112, source.sizeBytes))
  const header = parseQcow2Header(await readInside(source, 0, length, 'The qcow2 header', context.signal))
  assertReadable(header)
  assertFeatures(header)
  assertSelfContained(header)
  assertVirtualSize(header.virtualSizeBytes, context.limits)
  assertTables(header)
  await assertExtensions(source, header, context)
  return header
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

function assertSelfContained(header: Qcow2Header): void {
  if ((header.incompatibleLow & incompatible.dataFile) !== 0) throw dataFile()
  if (header.backingFileOffset !== 0 || header.backingFileBytes !== 0) {
    throw new DiskError(
      'backing-file',
      'qcow2: the image has a backing file. Flatten it with qemu-img convert -O qcow2 and upload the result.',
    )
  }
  if (header.cryptMethod !== 0) throw encrypted()
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

async function assertExtensions(
  source: RandomAccessSource,
  header: Qcow2Header,
  context: InspectContext,
): Promise<void> {
  const length = Math.min(2 ** header.clusterBits, source.sizeBytes)
  const bytes = await readInside(source, 0, length, 'The qcow2 header', context.signal)
  for (let at = header.headerBytes; at + 8 <= bytes.length;) {
    const type = bytes.readUInt32BE(at)
    if (type === extension.end) return
    if (type === extension.dataFile) throw dataFile()
    if (type === extension.fullDiskEncryption) throw encrypted()
    const dataBytes = bytes.readUInt32BE(at + 4)
    if (at + 8 + dataBytes > bytes.length) throw corrupt('qcow2: a header extension is longer than the header')
    at += 8 + Math.ceil(dataBytes / 8) * 8
  }
}

function dataFile(): DiskError {
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
