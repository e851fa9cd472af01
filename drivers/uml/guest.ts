/** Starts and ends a guest's processes. Both look first at what is there, and resolve when they have seen the new state. */
import { chmod, chown, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { runProgram, startProgram, type StartedProgram } from '../local/programs.ts'
import { throwIfCancelled } from '../local/refusals.ts'
import { removeTree } from '../local/remove-tree.ts'
import { asGuest, dropPrivileges, limited, ownerOf } from './as-guest.ts'
import { untilBooted } from './booting.ts'
import { readTail } from './console-log.ts'
import { guestIn, mainByFile, mainOf, nodeMark } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { consoleInputPath, consoleLogPath, runDir } from './host.ts'
import { askKernel } from './mconsole.ts'
import { nicParameter } from './nic-units.ts'
import { removePaused } from './paused-record.ts'
import type { GuestProcess } from './proc.ts'
import { isAlive, kill, processesIn } from './proc.ts'
import { registersShim } from './registers-shim.ts'
import { scanProcesses } from './scans.ts'
import { withSwitches } from './switches.ts'
import type { VmRecord } from './vm-record.ts'
import { diskParameter } from './disk-units.ts'
import { disksOf } from './vm-record.ts'

const pollMs = 10
const startMs = 10_000
/** For an orderly end, in which what the guest wrote reaches its disks. */
const haltMs = 3_000
const killMs = 5_000
/** A look at all processes costs more than one at some. */
const lookAgainMs = 50

/**
 * All that a start takes, in one process. The pipe is made anew, so that nobody types into it from before, and is open both ways: the
 * guest shall not read its end.
 */
const beginGuest = `
input=$1
shift
rm -f -- "$input" && mkfifo -m 600 -- "$input" && exec "$@" <>"$input"
`

/** What is left of an earlier guest goes first. @throws DriverError CANCELLED while others begin */
export async function startGuest(host: UmlHost, record: VmRecord, control: Control): Promise<void> {
  const { instanceId } = record
  await killGuest(host, record)
  await clearRunDir(host, record)
  const shim = await registersShim(join(host.instancesDir, '..'))
  await using log = await open(consoleLogPath(host, instanceId), 'a', 0o600)
  const done = await placeToBegin(host, control)
  try {
    const main = await beginOn(host, record, log.fd, shim)
    // It runs, and whoever asked is told so; its boot has the place for longer.
    void untilBooted(main).finally(done)
  } catch (error) {
    done()
    throw error
  }
}

async function placeToBegin({ booting }: UmlHost, control: Control): Promise<() => void> {
  try {
    return await booting.take(control.signal)
  } catch (error) {
    throwIfCancelled(control, 'partial')
    throw error
  }
}

async function beginOn(
  host: UmlHost,
  record: VmRecord,
  logFd: number,
  shim: NodeJS.Dict<string>,
): Promise<GuestProcess> {
  const { instanceId } = record
  const child = await host.native.run(async () => {
    const { file, args } = limited(record, asGuest(record, withSwitches(host, record, commandLine(host, record))))
    const begin = ['-c', beginGuest, 'sh', consoleInputPath(host, instanceId)]
    return await startProgram('/bin/sh', [...begin, file, ...args], {
      cwd: runDir(host, instanceId),
      stdio: ['ignore', logFd, logFd],
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: host.config.memoryDir, ...shim },
    })
  })
  return await untilRunning(host, record, child)
}

/** Orderly where the kernel still answers, and in any case down to the last helper. */
export async function endGuest(host: UmlHost, record: VmRecord): Promise<void> {
  const main = await mainOf(host, record.instanceId)
  if (main !== undefined) {
    await host.native.run(() => askKernel(host, record, 'halt'))
    // It ends its helpers before itself; what waits beside it need not be waited for.
    await untilGone([main], haltMs)
  }
  await killGuest(host, record)
  await removePaused(host, record)
}

/** All that runs as its user too: what is left of it could do with the next VM that has this user as it likes. */
async function killGuest(host: UmlHost, record: VmRecord): Promise<void> {
  const deadline = performance.now() + killMs
  // Again and again: what is killed may just have forked.
  for (let left = await leftOf(host, record); left.length > 0; left = await leftOf(host, record)) {
    if (performance.now() > deadline)
      throw new DriverError('HYPERVISOR', 'The guest does not end.', { effect: 'partial' })
    for (const process of left) kill(process)
    if (record.uid !== null) await killAllOf(record.uid)
    await untilGone(left, lookAgainMs)
  }
  await removeTree(join(runDir(host, record.instanceId), record.instanceId))
}

async function leftOf(host: UmlHost, { instanceId, uid }: VmRecord): Promise<readonly GuestProcess[]> {
  const scan = await scanProcesses()
  const guest = await guestIn(host, scan, instanceId)
  return [...(guest?.all ?? []), ...(uid === null ? [] : processesIn(scan, uid))]
}

/** At once: what forks without end is faster than one kill after the other. They may end the shell first, and are tried again. */
async function killAllOf(uid: number): Promise<void> {
  const { file, args } = dropPrivileges(uid, ['sh', '-c', 'kill -s KILL -- -1'])
  const env = { PATH: process.env['PATH'] ?? '' }
  await runProgram(file, args, { cwd: '/', env, timeout: killMs }).catch(() => undefined)
}

async function untilGone(processes: readonly GuestProcess[], patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (processes.some(isAlive) && performance.now() < deadline) await delay(pollMs)
}

/** Made anew each time: nothing in it counts for longer than a guest runs. */
async function clearRunDir(host: UmlHost, record: VmRecord): Promise<void> {
  const folder = runDir(host, record.instanceId)
  await removeTree(folder)
  await mkdir(folder, { mode: 0o700 })
  // A guest's root may mount the host's files as far as its user may read them; here it finds this empty folder.
  await mkdir(join(folder, 'hostfs'), { mode: 0o500 })
  const owner = ownerOf(record)
  if (owner === undefined) return
  await chmod(join(folder, 'hostfs'), 0o555)
  await chown(folder, owner.uid, owner.gid)
}

function commandLine(host: UmlHost, record: VmRecord): readonly string[] {
  const { instanceId, memoryBytes, kernelArgs } = record
  return [
    // The kernel counts what lies between its program and its heap as memory to be mapped: up to a gigabyte by chance,
    // of which a small guest's kernel panics.
    'setarch',
    '--addr-no-randomize',
    host.config.kernel,
    `umid=${instanceId}`,
    nodeMark(host.nodeId),
    'uml_dir=.',
    `mem=${Math.floor(memoryBytes / 1024 ** 2)}M`,
    'con=null',
    'con0=fd:0,fd:1',
    'ssl=null',
    `hostfs=${join(runDir(host, instanceId), 'hostfs')}`,
    ...disksOf(record).map((disk) => diskParameter(host, instanceId, disk)),
    ...record.nics.map(nicParameter),
    ...kernelArgs,
  ]
}

/** While a program takes another's place /proc shows no command line, so only its end counts as one. */
async function untilRunning(host: UmlHost, record: VmRecord, child: StartedProgram): Promise<GuestProcess> {
  const deadline = performance.now() + startMs
  for (;;) {
    const main = await mainByFile(host, record.instanceId)
    if (main !== undefined) return main
    if (child.hasEnded || performance.now() > deadline) {
      await killGuest(host, record)
      const native = (await readTail(consoleLogPath(host, record.instanceId), 2_048)).toString()
      throw new DriverError('HYPERVISOR', 'The guest did not start.', { effect: 'none', native })
    }
    await delay(pollMs)
  }
}
