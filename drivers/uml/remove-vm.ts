/** ensureAbsent: the record is the first to come and the last to go, so `list()` finds every half-removed VM. */
import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import { endGuest } from './guest.ts'
import type { UmlHost } from './host.ts'
import { instanceDir, recordPath } from './host.ts'
import { readRecord, writeRecord } from './vm-record.ts'

/** Converges to "not there" from any state. */
export async function removeVm(host: UmlHost, instanceId: string, keepDisks: readonly DiskId[] = []): Promise<void> {
  const record = await readRecord(host, instanceId)
  if (record === undefined) return
  if (record.state !== 'removing') await writeRecord(host, { ...record, state: 'removing' })
  await endGuest(host, record)
  const folder = instanceDir(host, instanceId)
  const kept = new Set(record.disks.filter(({ id }) => keepDisks.includes(id)).map(({ file }) => file))
  const names = await readdir(folder)
  const last = recordPath(host, instanceId)
  await host.native.run(async () => {
    for (const name of names) {
      const path = join(folder, name)
      if (path !== last && !kept.has(name)) await rm(path, { recursive: true, force: true })
    }
  })
  await host.native.run(() => rm(last, { force: true }))
  if (!names.some((name) => kept.has(name))) await rmdir(folder)
}
