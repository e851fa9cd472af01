/**
 * What is written down of a guest that is paused: nobody can ask a kernel that. A file beside its record, which counts for one
 * process only: `<pid> <start>`, and in a second line what the guest had when it was paused.
 */
import { rm } from 'node:fs/promises'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import { readIfThere, writeWhole } from '../local/whole-file.ts'
import type { UmlHost } from './host.ts'
import { heldPath, pausedPath } from './host.ts'
import type { GuestProcess } from './proc.ts'
import type { VmRecord } from './vm-record.ts'

/** Ids. */
export interface Devices {
  readonly disks: readonly DiskId[]
  readonly nics: readonly string[]
}

type Named = Pick<VmRecord, 'instanceId' | 'disks' | 'nics'>

export async function writePaused(host: UmlHost, record: Named, main: GuestProcess): Promise<void> {
  const ids = (devices: readonly { readonly id: string }[]): readonly string[] => devices.map(({ id }) => id)
  const had: Devices = { disks: ids(record.disks), nics: ids(record.nics) }
  await writeWhole(pausedPath(host, record.instanceId), `${processText(main)}\n${JSON.stringify(had)}`, { mode: 0o600 })
}

/** @returns what it had then; undefined when this process is not paused */
export async function readPaused(host: UmlHost, record: Named, main: GuestProcess): Promise<Devices | undefined> {
  const [process, had] = (await readIfThere(pausedPath(host, record.instanceId)))?.split('\n') ?? []
  if (process !== processText(main)) return undefined
  // Before this was written down nothing could be attached that it did not get at once.
  return had === undefined
    ? { disks: record.disks.map(({ id }) => id), nics: record.nics.map(({ id }) => id) }
    : (JSON.parse(had) as Devices)
}

export async function removePaused(host: UmlHost, { instanceId }: Pick<VmRecord, 'instanceId'>): Promise<void> {
  await rm(pausedPath(host, instanceId), { force: true })
}

/** For a moment, by us; so written down for whoever comes after us. */
export async function writeHeld(
  host: UmlHost,
  { instanceId }: Pick<VmRecord, 'instanceId'>,
  main: GuestProcess,
): Promise<void> {
  await writeWhole(heldPath(host, instanceId), processText(main), { mode: 0o600 })
}

/** @param main when only this process counts */
export async function isHeld(host: UmlHost, instanceId: string, main?: GuestProcess): Promise<boolean> {
  const held = await readIfThere(heldPath(host, instanceId))
  return held !== undefined && (main === undefined || held === processText(main))
}

export async function removeHeld(host: UmlHost, { instanceId }: Pick<VmRecord, 'instanceId'>): Promise<void> {
  await rm(heldPath(host, instanceId), { force: true })
}

function processText({ pid, startTicks }: GuestProcess): string {
  return `${pid} ${startTicks}`
}
