/**
 * resize: larger disks first, then the record with the new spec. It converges from any point: a disk that has grown stays
 * grown, and the record changes as a whole. The guest sees one processor whatever the spec says.
 */
import { open } from 'node:fs/promises'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { makeFile } from './build-vm.ts'
import { conflict, throwIfCancelled, wrongState } from '../local/refusals.ts'
import { copyCow, readCowSize, writeCow } from './cow.ts'
import { largerName, makeLargerBase } from './disk-bases.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import type { PlannedNic } from './vm-plan.ts'
import { planVm } from './vm-plan.ts'
import type { PlacedDisk, VmRecord } from './vm-record.ts'
import { powerNow, requireRecord, writeRecord } from './vm-record.ts'

export async function resizeVm(host: UmlHost, spec: VmSpec, control: Control): Promise<void> {
  const plan = planVm(spec, host.nodeId)
  const record = await requireRecord(host, spec.instanceId)
  if (record.state === 'ready' && record.specHash === plan.specHash) return
  const power = await powerNow(host, record)
  if (power !== 'off') throw wrongState(power)
  const sizes = new Map(plan.disks.map(({ id, sizeBytes }) => [id, sizeBytes]))
  if (sizes.size !== record.disks.length || record.disks.some(({ id }) => !sizes.has(id)))
    throw conflict('The virtual machine has other disks.')
  const nicsOf = (nics: readonly PlannedNic[]): string =>
    nics
      .map(({ id, macAddress }) => `${id} ${macAddress}`)
      .sort()
      .join()
  if (nicsOf(plan.nics) !== nicsOf(record.nics)) throw conflict('The virtual machine has other NICs.')
  throwIfCancelled(control)
  control.progress({ phase: 'prepare-disks' })
  const disks: PlacedDisk[] = []
  for (const disk of record.disks)
    disks.push(await grow(host, { record, disk, sizeBytes: sizes.get(disk.id) ?? 0 }, control))
  control.progress({ phase: 'define' })
  await control.checkpoint({ step: 'define' })
  throwIfCancelled(control, 'partial')
  const { name, memoryBytes } = spec
  const { specHash, kernelArgs } = plan
  await writeRecord(host, { ...record, name, memoryBytes, specHash, kernelArgs, disks, state: 'ready' })
  if ((await requireRecord(host, spec.instanceId)).specHash === plan.specHash) return
  throw new DriverError('HYPERVISOR', 'The host did not keep the change.', { effect: 'unknown' })
}

interface Growth {
  readonly record: VmRecord
  readonly disk: PlacedDisk
  readonly sizeBytes: number
}

/** What a disk was made of is in the record: the new spec may not say it any more. */
async function grow(host: UmlHost, { record, disk, sizeBytes }: Growth, control: Control): Promise<PlacedDisk> {
  const { kind, file, base } = disk
  if (kind === 'iso') return disk
  const path = diskPath(host, record.instanceId, file)
  await using from = await open(path, 'r+')
  if (base === null) {
    if ((await from.stat()).size < sizeBytes) await host.native.run(() => from.truncate(sizeBytes))
    return disk
  }
  if ((await readCowSize(from)) < sizeBytes) {
    const larger = await makeLargerBase(host, base, sizeBytes, control)
    await host.native.run(() =>
      makeFile(path, record, async (to) => {
        await writeCow(to, larger)
        await copyCow(from, to, () => throwIfCancelled(control, 'partial'))
      }),
    )
  }
  // Also after a crash between the disk and the record.
  await using now = await open(path, 'r')
  return { ...disk, base: largerName(base, await readCowSize(now)) }
}
