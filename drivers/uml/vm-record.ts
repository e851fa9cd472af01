/** What the driver keeps of a VM, in its folder: who it is, and how its guest is started. Only this driver writes it. */
import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DiskId, DriverPower, VmHandle, VmState } from '../../src/driver/vm-spec.ts'
import { wrongState } from '../local/refusals.ts'
import { readIfThere, writeWhole } from '../local/whole-file.ts'
import { mainOf } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { instanceDir, recordPath } from './host.ts'
import { readPaused } from './paused-record.ts'
import type { GuestProcess } from './proc.ts'

export const handleVersion = 1

export const diskKinds = ['cow', 'raw', 'iso'] as const
export type DiskKind = (typeof diskKinds)[number]

/** A disk's name in the VM's folder. */
export function diskFile(id: DiskId, kind: DiskKind): string {
  return `${id}.${kind}`
}

export interface DiskRecord {
  readonly id: DiskId
  readonly file: string
  readonly kind: DiskKind
  readonly readOnly: boolean
  /** Of a `cow`: the name of the file that it stands on, in the folder of bases. */
  readonly base: string | null
}

/** A disk at its place in the guest. */
export interface PlacedDisk extends DiskRecord {
  /** 0 is `ubda`, 15 `ubdp`: for as long as the VM has the disk, whatever others come and go. */
  readonly unit: number
}

/** It leads nowhere. */
export interface PlacedNic {
  readonly id: string
  readonly macAddress: string
  /** 0 is `eth0`: for as long as the VM has the NIC. */
  readonly unit: number
}

export interface VmRecord {
  readonly instanceId: string
  readonly name: string
  readonly specHash: string
  readonly state: 'building' | 'ready' | 'removing'
  /** As whom its guest runs; null: as we do. */
  readonly uid: number | null
  readonly memoryBytes: number
  /** By their units. */
  readonly disks: readonly PlacedDisk[]
  /** Before all of those, while it is rescued. */
  readonly rescue?: DiskRecord
  readonly nics: readonly PlacedNic[]
  /** More parameters for the kernel. */
  readonly kernelArgs: readonly string[]
}

/** As its guest sees them, in that order. */
export function disksOf({ rescue, disks }: VmRecord): readonly PlacedDisk[] {
  return rescue === undefined ? disks : [rescue, ...disks].map((disk, unit) => ({ ...disk, unit }))
}

/** As much of a disk as is kept. */
export function recordOfDisk({ id, file, kind, readOnly, base }: DiskRecord): DiskRecord {
  return { id, file, kind, readOnly, base }
}

export function handleOf(instanceId: string): VmHandle {
  return { version: handleVersion, data: { umid: instanceId } }
}

/** @throws DriverError HYPERVISOR when there is one that cannot be read: nobody but a person can say what the VM is */
export async function readRecord(
  host: Pick<UmlHost, 'instancesDir'>,
  instanceId: string,
): Promise<VmRecord | undefined> {
  const path = recordPath(host, instanceId)
  try {
    const text = await readIfThere(path)
    return text === undefined ? undefined : parseRecord(text, instanceId)
  } catch (cause) {
    const native = `${path}: ${cause instanceof Error ? cause.message : String(cause)}`
    const text = "The host's record of the virtual machine cannot be read."
    throw new DriverError('HYPERVISOR', text, { effect: 'none', retry: 'never', native, cause })
  }
}

/** @throws Error when that is no record of that VM */
function parseRecord(text: string, instanceId: string): VmRecord {
  const record = JSON.parse(text) as VmRecord | null
  if (record?.instanceId !== instanceId || !Array.isArray(record.disks))
    throw new Error('it is no record of this virtual machine')
  // Before disks had units of their own, their order was it; and there were no NICs.
  const disks = record.disks.map((disk, index) => ({ ...disk, unit: disk.unit ?? index }))
  return { ...record, disks, nics: record.nics ?? [] }
}

/** @throws DriverError NOT_FOUND, WRONG_STATE while it is being built or removed */
export async function requireWhole(
  host: UmlHost,
  instanceId: string,
): Promise<{ readonly record: VmRecord; readonly power: DriverPower }> {
  const record = await requireRecord(host, instanceId)
  if (record.state !== 'ready') throw wrongState('building')
  return { record, power: await powerNow(host, record) }
}

/** @throws DriverError NOT_FOUND */
export async function requireRecord(host: UmlHost, instanceId: string): Promise<VmRecord> {
  const record = await readRecord(host, instanceId)
  if (record !== undefined) return record
  throw new DriverError('NOT_FOUND', 'The virtual machine is not on this host.', { effect: 'none' })
}

export async function writeRecord(host: UmlHost, record: VmRecord): Promise<void> {
  await host.native.run(() => writeWhole(recordPath(host, record.instanceId), JSON.stringify(record), { mode: 0o600 }))
}

/** Of all VMs that there are, half-built ones included. One that cannot be read is logged, and left to a person. */
export async function listRecords(host: UmlHost): Promise<readonly VmRecord[]> {
  const ids = await readdir(host.instancesDir)
  const records = await Promise.all(
    ids.map((id) =>
      readRecord(host, id).catch((error: unknown) => {
        host.log.error({ instanceId: id, error }, "a virtual machine's record cannot be read")
        return undefined
      }),
    ),
  )
  return records.filter((record) => record !== undefined)
}

/** @param main the guest's process, while it runs */
export async function powerOf(host: UmlHost, record: VmRecord, main: GuestProcess | undefined): Promise<DriverPower> {
  if (record.state !== 'ready') return 'building'
  if (main === undefined) return 'off'
  return (await readPaused(host, record, main)) === undefined ? 'on' : 'paused'
}

export async function powerNow(host: UmlHost, record: VmRecord): Promise<DriverPower> {
  return await powerOf(host, record, await mainOf(host, record.instanceId))
}

/** @throws DriverError HYPERVISOR */
export async function confirmPower(host: UmlHost, record: VmRecord, wanted: DriverPower): Promise<void> {
  const power = await powerNow(host, record)
  if (power === wanted) return
  const text = `The virtual machine is ${power}, and should be ${wanted}.`
  throw new DriverError('HYPERVISOR', text, { effect: 'unknown' })
}

export async function stateOf(host: UmlHost, record: VmRecord, main: GuestProcess | undefined): Promise<VmState> {
  const { instanceId, name } = record
  const power = await powerOf(host, record, main)
  return { instanceId, nodeId: host.nodeId, name, power, handle: handleOf(instanceId) }
}

/** Folders in which a crash came before the record: nothing else is in them. Kept disks are no such thing. */
export async function removeBareFolders(host: UmlHost): Promise<void> {
  const known = new Set((await listRecords(host)).map(({ instanceId }) => instanceId))
  for (const id of await readdir(host.instancesDir)) {
    if (known.has(id) || (await isThere(recordPath(host, id)))) continue
    await rm(`${recordPath(host, id)}.part`, { force: true })
    await rmdir(instanceDir(host, id)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    })
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}
