/**
 * A libvirtd of the system (`qemu:///system`), for tests alone: Debian's program as root, in mounts that nobody else sees, so that its
 * sockets, settings and records are its own. Its control groups are the machine's. Owns that process.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownMounts } from '../../drivers/conformance/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

/** Folders over which libvirtd gets empty ones. */
const hidden = ['/run', '/etc/libvirt', '/var/lib', '/var/log', '/var/cache']
const newUser = 64055

export interface SystemLibvirtd {
  /** Runs node, with the arguments that it is given, where this libvirtd is the system's. */
  readonly execPath: string
  readonly pid: number
  /** Ends it, and waits for its end. */
  stop(): Promise<void>
}

/** false, or why there can be none here, or none with control groups. */
export function systemSkipReason(): string | false {
  const own = ownMounts()
  if (own === undefined || process.getuid?.() !== 0) return 'SKIPPED: mount namespaces are not permitted; run as root'
  if (spawnSync('sh', ['-c', `${own} mount -t tmpfs tmpfs /etc/libvirt`]).status !== 0)
    return 'SKIPPED: nothing can be mounted on /etc/libvirt'
  const hierarchy = cpuHierarchy()
  if (hierarchy === undefined) return 'SKIPPED: this machine has no control groups for CPU time'
  try {
    const trial = join(hierarchy, `polyvisor-test-${process.pid}`)
    mkdirSync(trial)
    rmdirSync(trial)
    return false
  } catch (error) {
    return `SKIPPED: no control group can be made: ${String(error)}`
  }
}

/** Where control groups with CPU time are mounted: version 1 has a folder for them, version 2 one for all. */
export function cpuHierarchy(): string | undefined {
  const version1 = ['cpu', 'cpu,cpuacct'].map((name) => join('/sys/fs/cgroup', name))
  return [...version1.map((path) => [path, 'cpu.shares']), ['/sys/fs/cgroup', 'cgroup.controllers']].find(
    ([path = '', file = '']) => existsSync(join(path, file)),
  )?.[0]
}

/** @param controllers of control groups that it may use, as in its own settings; with none of them it sees no control groups at all */
export async function startSystemLibvirtd(dir: string, controllers: readonly string[]): Promise<SystemLibvirtd> {
  const settings = join(dir, 'libvirt-settings')
  await mkdir(settings, { recursive: true })
  const names = controllers.map((name) => `"${name}"`).join(', ')
  await writeFile(
    join(settings, 'qemu.conf'),
    `security_driver = "none"\nstdio_handler = "file"\nnamespaces = []\ncgroup_controllers = [ ${names} ]\n`,
  )
  await writeFile(join(settings, 'libvirtd.conf'), 'auth_unix_rw = "none"\n')
  await addUser(settings)
  const script = [
    'set -e',
    ...['passwd', 'group'].map((name) => `mount --bind '${join(settings, name)}' /etc/${name}`),
    ...[...hidden, ...(controllers.length === 0 ? ['/sys/fs/cgroup'] : [])].map(
      (folder) => `mount -t tmpfs -o mode=755 tmpfs ${folder}`,
    ),
    `cp '${settings}/qemu.conf' '${settings}/libvirtd.conf' /etc/libvirt`,
    'mkdir /var/lib/libvirt /var/log/libvirt /var/cache/libvirt',
    // What root may open and guests' user may not makes libvirtd examine QEMU anew, for seconds, with every definition.
    '[ ! -e /dev/kvm ] || { (umask 777; : >/run/no-kvm); mount --bind /run/no-kvm /dev/kvm; }',
    `exec libvirtd --pid-file /run/libvirtd.pid >'${dir}/libvirtd.log' 2>&1`,
  ].join('\n')
  const child = spawn('sh', ['-c', `exec ${ownMounts() ?? ''} sh -c "$1"`, 'sh', script], { stdio: 'ignore', cwd: '/' })
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    const socket = `/proc/${pid}/root/run/libvirt/libvirt-sock`
    await waitUntil(
      'the libvirtd of the system',
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended: ${await readFile(`${dir}/libvirtd.log`, 'utf8')}`)
        return existsSync(socket) ? true : undefined
      },
      { timeoutMs: 30_000 },
    )
    const execPath = join(dir, 'beside-libvirtd')
    await writeFile(execPath, `#!/bin/sh\nexec nsenter -m -r -t ${pid} '${process.execPath}' "$@"\n`)
    await chmod(execPath, 0o755)
    return { execPath, pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Copies of the machine's users, with Debian's user for guests, without whom libvirtd does not start. */
async function addUser(folder: string): Promise<void> {
  for (const [name, line] of [
    ['passwd', `libvirt-qemu:x:${newUser}:${newUser}::/nonexistent:/usr/sbin/nologin`],
    ['group', `libvirt-qemu:x:${newUser}:`],
    ['group', `kvm:x:${newUser + 1}:`],
  ] as const) {
    const copy = join(folder, name)
    const text = await readFile(existsSync(copy) ? copy : join('/etc', name), 'utf8')
    const has = new RegExp(`^${line.split(':')[0]}:`, 'm').test(text)
    await writeFile(copy, has ? text : `${text}${line}\n`)
  }
}
