/**
 * What a NIC that leads nowhere leads to: a switch of its own, `uml_switch`, with nothing else on it. A guest's kernel only makes
 * a NIC where one answers. Switches carry the guest's id and our node's in their command lines, as all its processes do, and
 * run as its user. The host's kernel ends them with the guest: they are children of it, or of a shell that waits for its end.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import { delay } from '../../src/util/delay.ts'
import { startProgram } from '../local/programs.ts'
import { asGuest } from './as-guest.ts'
import { guestOf, nodeMark } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { runDir } from './host.ts'
import { switchSocket } from './nic-units.ts'
import type { GuestProcess } from './proc.ts'
import { commandLineOf, kill } from './proc.ts'
import type { PlacedNic, VmRecord } from './vm-record.ts'

const pollMs = 10
const startMs = 10_000

/** Of several sockets uml_switch takes the last. It ends when its input does, and of a pipe that is open both ways that never is. */
const startSwitch = `
[ -p hold ] || mkfifo -m 600 hold
start() {
  rm -f "$3"
  setpriv --pdeathsig KILL uml_switch -unix "$1" -unix "$2" -unix "$3" <>hold >/dev/null 2>&1 &
}
`
/** The guest takes the shell's place, once all its switches listen. */
const thenGuest = `${startSwitch}
umid=$1 mark=$2 sockets=$3
shift 3
for socket in $sockets; do start "$umid" "$mark" "$socket"; done
for socket in $sockets; do until [ -S "$socket" ]; do sleep 0.02; done; done
exec "$@"
`
const whileGuest = `${startSwitch}
start "$1" "$2" "$3"
setpriv --pdeathsig KILL tail --pid="$4" -f /dev/null
`

/** @param commandLine the guest's */
export function withSwitches(host: UmlHost, record: VmRecord, commandLine: readonly string[]): readonly string[] {
  const { instanceId, nics } = record
  if (nics.length === 0) return commandLine
  const sockets = nics.map(switchSocket).join(' ')
  return ['sh', '-c', thenGuest, 'sh', `umid=${instanceId}`, nodeMark(host.nodeId), sockets, ...commandLine]
}

/** One more switch for a guest that runs. Has no effect where it is there. @throws DriverError HYPERVISOR */
export async function ensureSwitch(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess,
  nic: Pick<PlacedNic, 'unit'>,
): Promise<void> {
  if (await isThere(host, record, nic)) return
  await endSwitch(host, record, nic)
  const { instanceId } = record
  const marks = [`umid=${instanceId}`, nodeMark(host.nodeId), switchSocket(nic)]
  const { file, args } = asGuest(record, ['sh', '-c', whileGuest, 'sh', ...marks, `${main.pid}`])
  await host.native.run(async () => {
    const env = { PATH: process.env['PATH'] ?? '' }
    await startProgram(file, args, { cwd: runDir(host, instanceId), stdio: ['ignore', 'ignore', 'ignore'], env })
  })
  for (const deadline = performance.now() + startMs; ; await delay(pollMs)) {
    if (await isThere(host, record, nic)) return
    if (performance.now() > deadline)
      throw new DriverError('HYPERVISOR', 'The switch of a NIC did not start.', { effect: 'none' })
  }
}

/** With the shell that waits beside it. */
export async function endSwitch(host: UmlHost, record: VmRecord, nic: Pick<PlacedNic, 'unit'>): Promise<void> {
  for (const found of await switchesOf(host, record, nic)) kill(found)
}

async function isThere(host: UmlHost, record: VmRecord, nic: Pick<PlacedNic, 'unit'>): Promise<boolean> {
  const listens = await stat(join(runDir(host, record.instanceId), switchSocket(nic))).catch(() => undefined)
  const isSwitch = (found: GuestProcess): boolean => commandLineOf(found)[0]?.endsWith('uml_switch') === true
  return listens?.isSocket() === true && (await switchesOf(host, record, nic)).some(isSwitch)
}

async function switchesOf(
  host: UmlHost,
  { instanceId }: VmRecord,
  nic: Pick<PlacedNic, 'unit'>,
): Promise<readonly GuestProcess[]> {
  const all = (await guestOf(host, instanceId))?.all ?? []
  return all.filter((found) => commandLineOf(found).includes(switchSocket(nic)))
}
