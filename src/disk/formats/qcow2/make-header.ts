import { incompatible, qcow2HeaderBytesV2, qcow2HeaderBytesV3, qcow2Magic } from './structs.ts'

/** The header of an image without references, snapshots and extensions. Offsets in bytes of the file. */
export function makeQcow2Header(image: {
  readonly version: 2 | 3
  readonly clusterBits: number
  readonly virtualSizeBytes: number
  readonly l1Entries: number
  readonly l1Offset: number
  readonly refcountTableOffset: number
  readonly refcountTableClusters: number
  readonly isZstd: boolean
}): Buffer {
  const header = Buffer.alloc(112)
  header.writeUInt32BE(qcow2Magic, 0)
  header.writeUInt32BE(image.version, 4)
  // 8..20: no backing file
  header.writeUInt32BE(image.clusterBits, 20)
  header.writeBigUInt64BE(BigInt(image.virtualSizeBytes), 24)
  header.writeUInt32BE(image.l1Entries, 36)
  header.writeBigUInt64BE(BigInt(image.l1Offset), 40)
  header.writeBigUInt64BE(BigInt(image.refcountTableOffset), 48)
  header.writeUInt32BE(image.refcountTableClusters, 56)
  // 60..72: no snapshots
  if (image.version === 2) return header.subarray(0, qcow2HeaderBytesV2)
  const refcountOrder = 4
  header.writeUInt32BE(refcountOrder, 96)
  header.writeUInt32BE(image.isZstd ? 112 : qcow2HeaderBytesV3, 100)
  if (!image.isZstd) return header.subarray(0, qcow2HeaderBytesV3)
  header.writeUInt32BE(incompatible.compressionType, 76)
  header.writeUInt8(1, 104)
  return header
}
