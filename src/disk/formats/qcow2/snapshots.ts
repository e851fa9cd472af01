/** The table of internal snapshots: states of the disk that share clusters with each other. */
import { assertInside, readInside, u64be } from '../../bounds.ts'
import { corrupt, tooLarge } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { Qcow2Header } from './structs.ts'

const fixedBytes = 40
const maxExtraBytes = 1024
const maxL1Bytes = 32 * 1024 ** 2

export interface Qcow2Snapshot {
  readonly id: string
  readonly name: string
  readonly l1Offset: number
  readonly l1Entries: number
  /** The disk's size when the snapshot was taken. */
  readonly virtualSizeBytes: number
}

/** @throws DiskError when an entry cannot be right */
export async function readQcow2Snapshots(
  source: RandomAccessSource,
  header: Qcow2Header,
  signal?: AbortSignal,
): Promise<{ readonly snapshots: readonly Qcow2Snapshot[]; readonly tableBytes: number }> {
  if (header.snapshotCount === 0) return { snapshots: [], tableBytes: 0 }
  const clusterBytes = 2 ** header.clusterBits
  const what = 'The qcow2 snapshot table'
  if (header.snapshotsOffset % clusterBytes !== 0) throw corrupt('qcow2: the snapshot table is not aligned')
  const snapshots: Qcow2Snapshot[] = []
  let at = header.snapshotsOffset
  for (let index = 0; index < header.snapshotCount; index++) {
    const fixed = await readInside(source, at, fixedBytes, what, signal)
    const idBytes = fixed.readUInt16BE(12)
    const nameBytes = fixed.readUInt16BE(14)
    const extraBytes = fixed.readUInt32BE(36)
    if (extraBytes > maxExtraBytes) throw corrupt('qcow2: a snapshot has too much extra data')
    const rest = await readInside(source, at + fixedBytes, extraBytes + idBytes + nameBytes, what, signal)
    const snapshot = {
      id: rest.toString('utf8', extraBytes, extraBytes + idBytes),
      name: rest.toString('utf8', extraBytes + idBytes),
      l1Offset: u64be(fixed, 0),
      l1Entries: fixed.readUInt32BE(8),
      virtualSizeBytes: extraBytes >= 16 ? u64be(rest, 8) : header.virtualSizeBytes,
    }
    if (snapshot.l1Entries * 8 > maxL1Bytes) throw tooLarge('The L1 table of a qcow2 snapshot', '32 MiB')
    if (snapshot.l1Offset % clusterBytes !== 0) throw corrupt('qcow2: the L1 table of a snapshot is not aligned')
    snapshots.push(snapshot)
    at += Math.ceil((fixedBytes + rest.length) / 8) * 8
  }
  const tableBytes = Math.min(at, source.sizeBytes) - header.snapshotsOffset
  assertInside(source.sizeBytes, header.snapshotsOffset, tableBytes, what)
  return { snapshots, tableBytes }
}
