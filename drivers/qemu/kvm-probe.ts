/**
 * Whether KVM really runs Linux here: our Linux guest must print its line on it. Machines exist whose /dev/kvm runs boot
 * sectors but no Linux (nested under the PVM kind), so the device's presence proves nothing. Owns no state.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { delay } from '../../src/util/delay.ts'
import { asUser } from '../libvirt/guest-user.ts'
import type { GuestUser } from '../libvirt/guest-user.ts'
import { findCommand } from '../local/system-packages.ts'

export type KvmFinding =
  | { readonly present: true; readonly bootMs: number }
  /** For the operator: why it counts as absent, and what to do where something can be done. */
  | { readonly present: false; readonly reason: string }

export interface KvmProbe {
  /** A raw disk as scripts/make-test-guest.sh makes it. */
  readonly imagePath: string
  /** As whom guests run; undefined: as ourselves. */
  readonly user: GuestUser | undefined
  readonly signal: AbortSignal
  /** What that guest writes to its serial console. */
  readonly marker?: string
}

export const device = '/dev/kvm'
const emulator = 'qemu-system-x86_64'
const usualMarker = 'POLYVISOR-GUEST-UP'
export const probeTimeoutMs = 20_000
/** Ends the emulator even when this process was killed and cannot. */
const lastResortSeconds = probeTimeoutMs / 1000 + 5
/** Low enough to delay nobody; high enough to be a fair try beside somebody's load. */
const niceness = 10
const endPatienceMs = 2_000
const mostOutputBytes = 64 * 1024

/** What can be told without starting anything; undefined when only the probe can tell. */
export async function whyNoProbe(
  imagePath: string | undefined,
  user: GuestUser | undefined,
): Promise<string | undefined> {
  if (process.arch !== 'x64') return `guests are x86_64, this machine is ${process.arch}`
  const found = await stat(device).catch(() => undefined)
  if (found?.isCharacterDevice() !== true) return `there is no ${device}`
  if (!(await mayOpenKvm(user))) {
    return `the user ${user?.name ?? 'of this service'}, as whom guests run, may not open ${device}; let its group read and write it`
  }
  if (imagePath === undefined) return 'no Linux guest was given to prove it with; name one as `kvm.probeImage`'
  const image = await stat(imagePath).catch(() => undefined)
  return image?.isFile() === true ? undefined : `the probe image ${imagePath} is not there`
}

export async function mayOpenKvm(user: GuestUser | undefined): Promise<boolean> {
  const script = `[ -r ${device} ] && [ -w ${device} ]`
  const identity = user === undefined ? {} : asUser(user)
  return await promisify(execFile)('/bin/sh', ['-c', script], { ...identity, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

/** Boots the guest on KVM and waits for its line. @throws Error when the signal aborts first */
export async function probeKvm(probe: KvmProbe): Promise<KvmFinding> {
  const image = await open(probe.imagePath, 'r')
  try {
    return await bootOn(image, probe)
  } finally {
    await image.close()
  }
}

async function bootOn(image: FileHandle, { user, signal, marker = usualMarker }: KvmProbe): Promise<KvmFinding> {
  const startedAt = performance.now()
  // timeout makes the emulator's end sure, and collects it.
  const limit = ['-n', String(niceness), 'timeout', '-s', 'KILL', String(lastResortSeconds)]
  const child = spawn('nice', [...limit, findCommand(emulator) ?? emulator, ...emulatorArgs], {
    ...(user === undefined ? {} : asUser(user)),
    cwd: '/',
    detached: true, // a process group of its own, to be ended as one
    stdio: ['ignore', 'pipe', 'pipe', image.fd],
  })
  const decided = new AbortController()
  let output = ''
  const take = (chunk: Buffer): void => {
    output = (output + chunk.toString('latin1')).slice(-mostOutputBytes)
    if (output.includes(marker)) decided.abort()
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  const ended = once(child, 'close').then(
    () => decided.abort(),
    () => decided.abort(),
  )
  await delay(probeTimeoutMs, AbortSignal.any([decided.signal, signal]))
  const bootMs = Math.round(performance.now() - startedAt)
  await end(child.pid, ended)
  if (output.includes(marker)) return { present: true, bootMs }
  if (signal.aborted) throw new Error('the KVM probe was cancelled')
  return { present: false, reason: whyNot(output, bootMs) }
}

/** `-cpu host`, because that is what guests on KVM get. */
const emulatorArgs: readonly string[] = [
  ...['-accel', 'kvm', '-cpu', 'host', '-m', '128', '-nodefaults', '-display', 'none', '-no-reboot'],
  ...['-serial', 'stdio', '-add-fd', 'fd=3,set=1'],
  ...['-blockdev', 'driver=file,node-name=file,filename=/dev/fdset/1,read-only=on,locking=off'],
  ...['-blockdev', 'driver=raw,node-name=disk,file=file,read-only=on'],
  ...['-device', 'virtio-blk-pci,drive=disk'],
]

function whyNot(output: string, ms: number): string {
  const said = output.split('\n').find((line) => /error|failed|could not/i.test(line))
  const words = (said ?? '').replace(/^.*?qemu-system-x86_64: /, '').trim()
  const seconds = (ms / 1000).toFixed(1)
  const text = `our Linux guest did not print its line on ${device} within ${seconds} s`
  return words === '' ? text : `${text}; QEMU said: ${words.slice(0, 200)}`
}

/** timeout passes a polite signal on to the emulator and collects it; what does not listen is killed. */
async function end(pid: number | undefined, ended: Promise<void>): Promise<void> {
  if (pid === undefined) return
  const gone = new AbortController()
  void ended.then(() => gone.abort())
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (gone.signal.aborted) return
    try {
      process.kill(-pid, signal)
    } catch {
      return // gone already
    }
    await delay(endPatienceMs, gone.signal)
  }
}
