/**
 * What really is on a service's own libvirtd, by other eyes than the driver's: virsh, /proc and plain files. And a hand
 * that strikes: it kills the libvirt child, libvirtd or a guest's process, as a crash would.
 */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { shortPathTo } from '../../drivers/libvirt/short-path.ts'

export class QemuObserver {
  readonly stateDir: string

  constructor(dataDir: string) {
    this.stateDir = join(dataDir, 'agent/drivers/qemu')
  }

  /** The connection URI of the private libvirtd. */
  async uri(): Promise<string> {
    return `qemu:///session?socket=${await this.#base()}/r/libvirt/libvirt-sock`
  }

  /** @returns what virsh printed @throws Error with its words */
  async virsh(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, LC_ALL: 'C', HOME: this.stateDir, XDG_CACHE_HOME: this.stateDir }
    const { stdout } = await promisify(execFile)('virsh', ['-q', '-c', await this.uri(), ...args], {
      env,
      timeout: 20_000,
    })
    return stdout.trim()
  }

  /** `running`, `shut off` …; `gone` when there is no such domain. */
  async domainState(instanceId: string): Promise<string> {
    const isThere = async (): Promise<boolean> => (await this.virsh('list', '--all', '--uuid')).includes(instanceId)
    if (!(await isThere())) return 'gone'
    return await this.virsh('domstate', instanceId).catch(async (error: unknown) => {
      if (await isThere()) throw error
      return 'gone' // meanwhile
    })
  }

  guestPid(instanceId: string): number | undefined {
    return findPids((command) => command.includes('qemu-system') && command.includes(`-uuid ${instanceId}`))[0]
  }

  /** The first guest of this service, whoever it is. */
  anyGuestPid(): number | undefined {
    return findPids((command) => /qemu-system.* -uuid /.test(command) && command.includes(this.stateDir))[0]
  }

  daemonPid(): number | undefined {
    const pidFile = join(this.stateDir, 'libvirt/libvirtd.pid')
    return findPids((command) => /^\S*libvirtd /.test(command) && command.includes(pidFile))[0]
  }

  childPid(servicePid: number): number | undefined {
    return findPids((command, pid) => /libvirt\/child\.[jt]s/.test(command) && parentOf(pid) === servicePid)[0]
  }

  #base(): Promise<string> {
    return shortPathTo(join(this.stateDir, 'libvirt'), join(this.stateDir, 'libvirt-short-path'))
  }
}

/** kill -9. @returns false when it had ended already */
export function strike(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

export function isRunning(pid: number): boolean {
  return commandOf(pid) !== '' // empty for a zombie
}

/** By their command lines, words parted by blanks. */
function findPids(matches: (command: string, pid: number) => boolean): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => matches(commandOf(pid), pid))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
