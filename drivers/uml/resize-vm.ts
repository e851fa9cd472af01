/**
 * resize: larger disks first, then the record with the new spec. It converges from any point: a disk that has grown stays
 * grown, and the record changes as a whole. The guest sees one processor whatever the spec says.
 */
import { open } from 'node:fs/promises'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { makeFile, recordOf } from './build-vm.ts'
import { conflict, throwIfCancelled, wrongState } from '../local/refusals.ts'
import { copyCow, readCowSize, writeCow } from './cow.ts'
import { baseOf, makeBase } from './disk-bases.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import type { PlannedDisk } from './vm-plan.ts'
import { planVm } from './vm-plan.ts'
import type { VmRecord } from './vm-record.ts'
import { powerNow, requireRecord, writeRecord } from './vm-record.ts'

export async function resizeVm(host: UmlHost, spec: VmSpec, control: Control): Promise<void> {
  const plan = planVm(spec, host.nodeId)
  const record = await requireRecord(host, spec.instanceId)
  if (record.state === 'ready' && record.specHash === plan.specHash) return
  const power = await powerNow(host, record)
  if (power !== 'off') throw wrongState(power)
  const names = (disks: readonly { readonly file: string }[]): string => disks.map(({ file }) => file).join()
  if (names(record.disks) !== names(plan.disks)) throw conflict('The virtual machine has other disks.')
  throwIfCancelled(control)
  control.progress({ phase: 'prepare-disks' })
  for (const disk of plan.disks) await grow(host, record, disk, control)
  control.progress({ phase: 'define' })
  await control.checkpoint({ step: 'define' })
  throwIfCancelled(control, 'partial')
  await writeRecord(host, { ...recordOf(spec, plan, record.uid), state: 'ready' })
  if ((await requireRecord(host, spec.instanceId)).specHash === plan.specHash) return
  throw new DriverError('HYPERVISOR', 'The host did not keep the change.', { effect: 'unknown' })
}

async function grow(host: UmlHost, record: VmRecord, disk: PlannedDisk, control: Control): Promise<void> {
  const { image, sizeBytes, kind, file } = disk
  if (kind === 'iso') return
  const path = diskPath(host, record.instanceId, file)
  await using from = await open(path, 'r+')
  if (image === undefined) {
    if ((await from.stat()).size < sizeBytes) await host.native.run(() => from.truncate(sizeBytes))
    return
  }
  if ((await readCowSize(from)) >= sizeBytes) return
  await makeBase(host, image, sizeBytes, control)
  await host.native.run(() =>
    makeFile(path, record, async (to) => {
      await writeCow(to, baseOf(host, image, sizeBytes))
      await copyCow(from, to)
    }),
  )
}
