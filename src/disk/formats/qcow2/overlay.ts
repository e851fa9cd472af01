/**
 * Makes empty qcow2 files: an overlay over a backing file, or a blank disk. Pure: size and backing in, bytes out.
 * Layout: header cluster, one refcount table cluster, one refcount block, then the L1 table; no L2 table, no data.
 * Format: QEMU's docs/interop/qcow2.txt.
 */
import { makeQcow2Header } from './make-header.ts'
import { extension, qcow2HeaderBytesV3 } from './structs.ts'

export interface Qcow2Backing {
  /** As QEMU shall open it: absolute, or relative to the overlay's own folder. At most 1023 bytes of UTF-8. */
  readonly path: string
  /** Written into the header, so that nobody ever probes the backing file's content. */
  readonly format: 'raw' | 'qcow2'
}

const clusterBits = 16
const clusterBytes = 2 ** clusterBits
const refcountBytes = 2
const bytesPerL1Entry = (clusterBytes / 8) * clusterBytes
const maxL1Bytes = 32 * 1024 ** 2

/** Largest virtual size that `makeQcow2` can describe: 2 PiB. */
export const maxQcow2SizeBytes = (maxL1Bytes / 8) * bytesPerL1Entry

/**
 * The bytes of a qcow2 version 3 file without data of its own.
 * @param options.sizeBytes what the guest sees; a positive multiple of 512
 * @throws RangeError when the size or the backing file's name cannot be written down
 */
export function makeQcow2(options: { readonly sizeBytes: number; readonly backing?: Qcow2Backing }): Buffer {
  const { sizeBytes, backing } = options
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0 || sizeBytes % 512 !== 0 || sizeBytes > maxQcow2SizeBytes) {
    throw new RangeError(`a qcow2 disk cannot have ${sizeBytes} bytes`)
  }
  const l1Entries = Math.ceil(sizeBytes / bytesPerL1Entry)
  const refcountTableOffset = clusterBytes
  const refcountBlockOffset = 2 * clusterBytes
  const l1Offset = 3 * clusterBytes
  const clusters = 3 + Math.ceil((l1Entries * 8) / clusterBytes)

  const file = Buffer.alloc(clusters * clusterBytes)
  makeQcow2Header({
    version: 3,
    clusterBits,
    virtualSizeBytes: sizeBytes,
    l1Entries,
    l1Offset,
    refcountTableOffset,
    refcountTableClusters: 1,
    isZstd: false,
  }).copy(file)
  writeExtensions(file, backing)
  file.writeBigUInt64BE(BigInt(refcountBlockOffset), refcountTableOffset)
  for (let cluster = 0; cluster < clusters; cluster++) {
    file.writeUInt16BE(1, refcountBlockOffset + cluster * refcountBytes)
  }
  return file
}

function writeExtensions(file: Buffer, backing: Qcow2Backing | undefined): void {
  if (backing === undefined) return // the zeros that are there already end the list
  const format = Buffer.from(backing.format, 'ascii')
  const path = Buffer.from(backing.path, 'utf8')
  if (path.length === 0 || path.length > 1023) throw new RangeError('the name of a backing file has 1 to 1023 bytes')
  let at = qcow2HeaderBytesV3
  file.writeUInt32BE(extension.backingFormat, at)
  file.writeUInt32BE(format.length, at + 4)
  format.copy(file, at + 8)
  at += 8 + Math.ceil(format.length / 8) * 8
  at += 8 // the extension that ends the list is all zeros
  path.copy(file, at)
  file.writeBigUInt64BE(BigInt(at), 8)
  file.writeUInt32BE(path.length, 16)
}
