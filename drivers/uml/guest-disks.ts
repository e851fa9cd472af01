/** The disks of a guest that runs, given and taken over its management console. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { throwIfCancelled } from '../local/refusals.ts'
import { diskParameter } from './disk-units.ts'
import type { GuestProcess } from './proc.ts'
import { commandLineOf, isAlive } from './proc.ts'
import { mainOf } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import { askKernel, tellKernel } from './mconsole.ts'
import type { Answer } from './mconsole.ts'
import type { Devices } from './paused-record.ts'
import { readPaused } from './paused-record.ts'
import type { PlacedDisk, VmRecord } from './vm-record.ts'
import { disksOf } from './vm-record.ts'

const pollMs = 50
const patienceMs = 20_000

/** A guest's process that we speak with until the signal, where there is one, ends it. */
export interface Listener extends GuestProcess {
  readonly signal?: AbortSignal
}

/** A kernel that is told of a disk before it knows what disks are panics; when it knows, it has its first one. */
export async function knowsDisks(host: UmlHost, record: VmRecord): Promise<boolean> {
  const answer = await askKernel(host, record, 'proc partitions')
  return answer?.isOk === true && /\bubd[a-p]$/m.test(answer.text)
}

/** A guest whose devices are to be changed. */
export interface GuestToChange {
  readonly main: GuestProcess
  /** What it has, while it is paused: its kernel is told nothing of devices then (pause.ts). */
  readonly paused: Devices | undefined
}

/** One that can be told of devices now. */
export function hearing(guest: GuestToChange | undefined): GuestProcess | undefined {
  return guest?.paused === undefined ? guest?.main : undefined
}

export function heldByPaused(device: 'disk' | 'NIC'): DriverError {
  const text = `The guest is paused, and lets go of a ${device} only when it goes on.`
  return new DriverError('BUSY', text, { effect: 'none' })
}

/**
 * Waits for a kernel that is still coming up.
 * @returns undefined when none runs
 * @throws DriverError BUSY, CANCELLED
 */
export async function untilDevicesCanChange(
  host: UmlHost,
  record: VmRecord,
  control: Control,
): Promise<GuestToChange | undefined> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const main = await mainOf(host, record.instanceId)
    if (main === undefined) return undefined
    const paused = await readPaused(host, record, main)
    if (paused !== undefined || (await knowsDisks(host, record))) return { main, paused }
    throwIfCancelled(control)
    if (performance.now() > deadline)
      throw new DriverError('BUSY', 'The guest has not come up yet.', { effect: 'none' })
    await delay(pollMs, control.signal)
  }
}

/** Whether the guest has that file at that place. */
export async function hasDisk(
  host: UmlHost,
  record: VmRecord,
  main: Listener,
  { unit, file }: Pick<PlacedDisk, 'unit' | 'file'>,
): Promise<boolean> {
  const { text } = await tell(host, record, main, `config ubd${unit}`)
  const path = diskPath(host, record.instanceId, file)
  return text === path || text.startsWith(`${path},`) // and what that stands on
}

/** Has no effect where it is there already. @throws DriverError HYPERVISOR */
export async function giveDisk(host: UmlHost, record: VmRecord, main: Listener, disk: PlacedDisk): Promise<void> {
  if (await hasDisk(host, record, main, disk)) return
  const parameter = diskParameter(host, record.instanceId, disk)
  const answer = await host.native.run(() => tell(host, record, main, `config ${parameter}`))
  // An answer that got lost is asked for anew, and then the place is taken.
  if (await hasDisk(host, record, main, disk)) return
  throw new DriverError('HYPERVISOR', 'The guest did not get the disk.', { effect: 'none', native: answer.text })
}

/** Has no effect where it is not there. @throws DriverError BUSY when the guest holds it */
export async function takeDisk(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess,
  disk: Pick<PlacedDisk, 'unit' | 'file'>,
): Promise<void> {
  if (!(await hasDisk(host, record, main, disk))) return
  const answer = await host.native.run(() => tell(host, record, main, `remove ubd${disk.unit}`))
  if (!(await hasDisk(host, record, main, disk))) return
  throw new DriverError('BUSY', 'The guest does not let go of the disk.', { effect: 'none', native: answer.text })
}

/**
 * A guest that boots anew by itself has the disks of its command line: what it got since is given to it again.
 * @returns false when it is too early for that
 */
export async function giveMissingDisks(host: UmlHost, record: VmRecord, main: Listener): Promise<boolean> {
  const commandLine = commandLineOf(main)
  const missing = disksOf(record).filter((disk) => !commandLine.includes(diskParameter(host, record.instanceId, disk)))
  if (missing.length === 0) return true
  if (!(await knowsDisks(host, record))) return false
  for (const disk of missing) await giveDisk(host, record, main, disk)
  return true
}

export async function tell(host: UmlHost, record: VmRecord, main: Listener, command: string): Promise<Answer> {
  return await tellKernel(host, record, command, { patienceMs, isAlive: () => isAlive(main), signal: main.signal })
}
