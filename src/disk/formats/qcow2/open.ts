import { chainDisk } from '../../algebra/chain-disk.ts'
import { loadInflate } from '../../codec/inflate.ts'
import type { Inflate } from '../../codec/inflate.ts'
import { DiskError } from '../../disk-error.ts'
import type { DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { OpenContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { readQcow2Head } from './header.ts'
import type { Qcow2Head } from './header.ts'
import { openQcow2Reader } from './reader.ts'
import { readQcow2Snapshots } from './snapshots.ts'
import { checkQcow2Tables } from './tables.ts'
import type { Qcow2L1 } from './tables.ts'

export async function openQcow2(source: RandomAccessSource, context: OpenContext): Promise<DiskReader> {
  const head = await readQcow2Head(source, context)
  const { header, dataFile, backingFile } = head
  const data = dataFile === undefined ? undefined : await context.openFile(dataFile)
  const l1 = await pickL1(source, head, context)
  await checkQcow2Tables(source, header, context, { l1, ...(data === undefined ? {} : { dataFile: data }) })
  const inflate = await loadDecoder(header.compressionType)
  const reader = await openQcow2Reader({ source, dataSource: data ?? source, header, l1, inflate }, context.signal)
  if (backingFile === undefined) return reader
  return chainDisk(reader, await context.openDisk(backingFile))
}

/** The disk's present state, or the snapshot that the caller named. */
async function pickL1(source: RandomAccessSource, { header }: Qcow2Head, context: OpenContext): Promise<Qcow2L1> {
  const { snapshot: wanted, limits, signal } = context
  if (wanted === undefined) return header
  const { snapshots } = await readQcow2Snapshots(source, header, signal)
  const found = snapshots.find(({ name }) => name === wanted) ?? snapshots.find(({ id }) => id === wanted)
  if (found === undefined) {
    throw new DiskError('bad-option', `The image has no snapshot ${wanted}; it has ${snapshots.length} of them.`)
  }
  assertVirtualSize(found.virtualSizeBytes, limits)
  return found
}

async function loadDecoder(compressionType: number): Promise<Inflate> {
  if (compressionType !== 1) return loadInflate('raw')
  const { unzstd } = await import('../../codec/zstd.ts')
  return unzstd
}
