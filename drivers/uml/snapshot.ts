/**
 * A disk given away as a qcow2 file without anything below it. A guest that runs is held for as long as what it wrote is
 * copied; our own engine writes what leaves the host. Owns the folder `snapshots`.
 */
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { convertDisk } from '../../src/disk/index.ts'
import type { Control, SnapshotAbility } from '../../src/driver/driver.ts'
import type { VmRef } from '../../src/driver/vm-spec.ts'
import { refusal, throwIfCancelled, unsupported, wrongState } from '../local/refusals.ts'
import { streamSnapshot } from '../local/snapshot-stream.ts'
import { copySparsely } from './copy-file.ts'
import { cowSource } from './cow.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import { askKernel } from './mconsole.ts'
import { whileHeld } from './hold.ts'
import type { DiskRecord } from './vm-record.ts'
import { powerNow, requireRecord } from './vm-record.ts'

/** Less than what we owe to somebody who cancels. */
const syncMs = 2_000

export const snapshotFormats = ['qcow2'] as const

type Wanted = Parameters<SnapshotAbility['read']>[1]

export function readSnapshot(
  host: UmlHost,
  { instanceId }: VmRef,
  { diskId, format }: Wanted,
  control: Control,
): AsyncGenerator<Buffer> {
  return streamSnapshot(host.snapshotsDir, control, async (folder) => {
    const record = await requireRecord(host, instanceId)
    if (record.state !== 'ready') throw wrongState('building')
    const disk = record.disks.find(({ id }) => id === diskId)
    if (disk === undefined) throw refusal('NOT_FOUND', 'The virtual machine has no such disk.')
    if (format !== 'qcow2') throw unsupported(`A disk cannot be had as ${format} here.`)
    control.progress({ phase: 'snapshot' })
    throwIfCancelled(control)
    await mkdir(folder, { mode: 0o700 })
    const copy = join(folder, 'copy')
    await host.turns.take(instanceId, async () => {
      throwIfCancelled(control)
      // Its memory goes to its disks first, as far as the guest is willing.
      if ((await powerNow(host, record)) === 'on') await askKernel(host, record, 'sysrq s', syncMs)
      const from = diskPath(host, instanceId, disk.file)
      await whileHeld(host, record, control.signal, () => copySparsely(from, copy, control.signal))
    })
    throwIfCancelled(control)
    const target = join(folder, 'image.qcow2')
    await toQcow2(host, disk, { copy, target }, control.signal)
    return target
  })
}

/** What the disk stands on is what the record says, whatever its own header does: a guest's user can write that. */
async function toQcow2(
  host: UmlHost,
  { base }: DiskRecord,
  { copy, target }: { readonly copy: string; readonly target: string },
  signal: AbortSignal,
): Promise<void> {
  const options = { format: 'raw', target, targetFormat: 'qcow2', isDurable: false, signal } as const
  if (base === null) return void (await convertDisk({ ...options, source: copy }))
  await using upper = await open(copy, 'r')
  await using lower = await open(join(host.basesDir, base), 'r')
  await convertDisk({ ...options, source: await cowSource(upper, lower) })
}
