/**
 * Makes a qcow2 file's virtual size larger, in place. Nobody else may have the file open. Only the header changes: the
 * L1 table's entries beyond its end, up to the end of its last cluster, are zeros, and mean what is not written yet.
 */
import type { FileHandle } from 'node:fs/promises'
import { parseQcow2Header, qcow2Magic } from './structs.ts'

const headerBytes = 112
const sizeAt = 24
const l1EntriesAt = 36

/**
 * A file that is as large already stays as it is.
 * @throws RangeError when it is no qcow2 file, or its L1 table would have to move
 */
export async function growQcow2(file: FileHandle, sizeBytes: number): Promise<void> {
  const bytes = Buffer.alloc(headerBytes)
  const { bytesRead } = await file.read(bytes, 0, headerBytes, 0)
  if (bytesRead < headerBytes || bytes.readUInt32BE(0) !== qcow2Magic) throw new RangeError('this is no qcow2 file')
  const { clusterBits, virtualSizeBytes, l1Entries, l1Offset } = parseQcow2Header(bytes)
  if (virtualSizeBytes >= sizeBytes) return
  const clusterBytes = 2 ** clusterBits
  const wanted = Math.ceil(sizeBytes / ((clusterBytes / 8) * clusterBytes))
  const room = (Math.ceil((Math.max(l1Entries, 1) * 8) / clusterBytes) * clusterBytes) / 8
  if (wanted > room) throw new RangeError(`the disk cannot grow to ${sizeBytes} bytes: its table has no room`)
  if (wanted > l1Entries) {
    // Whatever wrote the file may have left something behind the table's end.
    const length = (wanted - l1Entries) * 8
    await file.write(Buffer.alloc(length), 0, length, l1Offset + l1Entries * 8)
    await file.sync()
  }
  // Size and number of entries in one write of one sector: both or none.
  bytes.writeBigUInt64BE(BigInt(sizeBytes), sizeAt)
  bytes.writeUInt32BE(Math.max(wanted, l1Entries), l1EntriesAt)
  await file.write(bytes, sizeAt, l1EntriesAt + 4 - sizeAt, sizeAt)
  await file.sync()
}
