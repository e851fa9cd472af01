/**
 * A libvirtd of our own, without systemd: unprivileged, in session mode, on a Unix socket in a 0700 folder of the guests'
 * user. It outlives us: guests hang on it, so a restarted service finds it again by its socket and pid file.
 * Owns `<stateDir>/libvirt`: c (XDG_CONFIG_HOME: domain definitions), r (runtime: sockets), k (cache), h (HOME).
 * Everything below is written as the guests' user, never as root: what is theirs cannot lead our pen elsewhere.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, open } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises' // unlike util/delay, it keeps us alive
import type { Logger } from '../../src/util/logger.ts'
import { Places } from '../../src/util/places.ts'
import { endProcess, findProcess, isCommand, type DaemonProcess } from './daemon-process.ts'
import { asUser, assertCanEnter } from './guest-user.ts'
import type { GuestUser } from './guest-user.ts'
import { clearLostStarts } from './lost-starts.ts'
import { removeShortPath, shortPathTo } from './short-path.ts'
import { findCommand } from '../local/system-packages.ts'

const run = promisify(execFile)
const startTimeoutMs = 30_000
const pollMs = 50
const socketPatienceMs = 2_000
const mostLogBytes = 4 * 1024 ** 2
const socketName = 'r/libvirt/libvirt-sock'
const libvirtdPidFile = 'libvirtd.pid'
/** Of libvirt, for guests that run. */
const statusFolder = 'r/libvirt/qemu/run'
const consoleLogBytes = 2 * 1024 ** 2
/** libvirtd starts as many threads as calls wait, at most these. */
const mostWorkers = 200

export interface LibvirtDaemonOptions {
  /** The driver's own folder; it exists. */
  readonly stateDir: string
  readonly user: GuestUser
  /** Stable identity of the machine for libvirt: a UUID. */
  readonly hostUuid: string
  readonly log: Logger
}

export class LibvirtDaemon {
  readonly #options: LibvirtDaemonOptions
  readonly #folder: string
  readonly #recordFile: string
  readonly #starting = new Places(1)

  constructor(options: LibvirtDaemonOptions) {
    this.#options = options
    this.#folder = join(options.stateDir, 'libvirt')
    this.#recordFile = join(options.stateDir, 'libvirt-short-path')
  }

  /** Starts the daemon unless it runs. @returns its connection URI. @throws Error for the operator */
  async ensureRunning(signal: AbortSignal): Promise<string> {
    const base = await this.#prepareFolder()
    const socket = join(base, socketName)
    if (!(await socketAnswers(socket))) await this.#startUnlessStarted(base, socket, signal)
    return `qemu:///session?socket=${encodeURIComponent(socket).replaceAll('%2F', '/')}`
  }

  /** All connections that lost theirs ask at once. */
  async #startUnlessStarted(base: string, socket: string, signal: AbortSignal): Promise<void> {
    const giveBack = await this.#starting.take(signal)
    try {
      if (await socketAnswers(socket)) return
      await this.#writeConfiguration(base)
      // One that lives and does not answer knows its guests.
      if ((await this.#find('libvirtd', join(base, libvirtdPidFile))) === undefined) await this.#clearLostStarts()
      await this.#start(base, socket, signal)
    } finally {
      giveBack()
    }
  }

  async #clearLostStarts(): Promise<void> {
    const { user, log } = this.#options
    const domains = await clearLostStarts(join(this.#folder, statusFolder), user.uid, this.#remove)
    if (domains.length > 0) log.warn({ domains }, 'cleared starts that an earlier libvirtd died in')
  }

  async #find(command: string, pidFile: string): Promise<DaemonProcess | undefined> {
    return await findProcess({ pidFile, uid: this.#options.user.uid, runs: isCommand(command) })
  }

  /** Of its connections, whether it runs or not. */
  async socketPath(): Promise<string> {
    return join(await shortPathTo(this.#folder, this.#recordFile), socketName)
  }

  /** Ends libvirtd and its log daemon. Guests, where there are any, go on without them. */
  async stop(): Promise<void> {
    const base = await shortPathTo(this.#folder, this.#recordFile)
    for (const [command, pidFile] of [
      ['libvirtd', libvirtdPidFile],
      ['virtlogd', 'r/libvirt/virtlogd.pid'],
    ] as const) {
      const daemon = await this.#find(command, join(base, pidFile))
      if (daemon !== undefined) await endProcess(daemon)
    }
    await removeShortPath(base, this.#folder)
  }

  /**
   * Removes what libvirt leaves of a guest that is gone: its log, and the pid file of one that libvirtd was starting when it died.
   * As the guests' user, in whose folder they lie. Harmless when there are none.
   */
  async removeTraces(domainName: string): Promise<void> {
    await this.#remove([
      join(this.#folder, 'k/libvirt/qemu/log', `${domainName}.log`),
      join(this.#folder, statusFolder, `${domainName}.pid`),
    ])
  }

  readonly #remove = async (files: readonly string[]): Promise<void> => {
    await run('/bin/rm', ['-f', '--', ...files], { ...asUser(this.#options.user), cwd: '/' })
  }

  async #prepareFolder(): Promise<string> {
    const { stateDir, user } = this.#options
    await chmod(stateDir, 0o711)
    await assertCanEnter(user, stateDir)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    if (process.getuid?.() !== user.uid) await chown(this.#folder, user.uid, user.gid)
    await chmod(this.#folder, 0o700)
    return await shortPathTo(this.#folder, this.#recordFile)
  }

  async #writeConfiguration(base: string): Promise<void> {
    const files: Readonly<Record<string, string>> = {
      'c/libvirt/libvirtd.conf': [
        'auth_unix_rw = "none"',
        `host_uuid = "${this.#options.hostUuid}"`,
        // A guest that hangs keeps a thread, also after whoever called has gone.
        `max_workers = ${mostWorkers}`,
        '',
      ].join('\n'),
      // An unprivileged daemon can set up no security driver; the guests' user is the border.
      'c/libvirt/qemu.conf': 'security_driver = "none"\nstdio_handler = "logd"\n',
      'c/libvirt/virtlogd.conf': `max_size = ${consoleLogBytes}\nmax_backups = 1\n`,
    }
    const script = [
      'set -eu; umask 077; cd "$1"; shift',
      'mkdir -p c/libvirt r k h',
      // Of a libvirtd that died while a picture was taken.
      'rm -f k/libvirt/qemu/qemu.screendump.*',
      'while [ $# -gt 0 ]; do printf %s "$2" >"$1"; shift 2; done',
    ].join('\n')
    const args = Object.entries(files).flat()
    await run('/bin/sh', ['-c', script, 'sh', base, ...args], { ...asUser(this.#options.user), cwd: '/' })
  }

  async #start(base: string, socket: string, signal: AbortSignal): Promise<void> {
    const command = findCommand('libvirtd')
    if (command === undefined) throw new Error('libvirtd is missing; run: apt-get install -y libvirt-daemon')
    const logFile = join(this.#options.stateDir, 'libvirtd.log')
    const log = await open(logFile, 'a+', 0o600)
    try {
      if ((await log.stat()).size > mostLogBytes) await log.truncate(0)
      const from = (await log.stat()).size
      // By its real name, which tells operators whose it is.
      const { program, args } = underReaper(command, ['--pid-file', join(this.#folder, libvirtdPidFile)])
      const child = spawn(program, args, {
        ...asUser(this.#options.user),
        detached: true,
        cwd: '/',
        env: this.#environment(base),
        stdio: ['ignore', log.fd, log.fd],
      })
      child.unref()
      let ended: string | undefined
      child.once('exit', (code, killedBy) => (ended = `libvirtd ended with ${code ?? killedBy}`))
      child.once('error', (error) => (ended = error.message))
      if (child.pid !== undefined)
        await Promise.race([once(child, 'spawn'), once(child, 'error')]).catch(() => undefined)
      this.#options.log.info({ pid: child.pid, user: this.#options.user.name }, 'started libvirtd')
      const deadline = performance.now() + startTimeoutMs
      while (!(await socketAnswers(socket))) {
        if (signal.aborted) throw new Error('starting libvirtd was cancelled')
        if (ended !== undefined) throw new Error(`${ended}; see ${logFile}: ${await lastLine(log, from)}`)
        if (performance.now() > deadline) throw new Error(`libvirtd does not answer; see ${logFile}`)
        await delay(pollMs)
      }
    } finally {
      await log.close()
    }
  }

  #environment(base: string): NodeJS.ProcessEnv {
    return {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      HOME: join(base, 'h'),
      XDG_CONFIG_HOME: join(base, 'c'),
      XDG_DATA_HOME: join(base, 'h'),
      XDG_CACHE_HOME: join(base, 'k'),
      XDG_RUNTIME_DIR: join(base, 'r'),
    }
  }
}

/**
 * libvirtd waits for emulators that it started and that were handed to the system's first process. Where that one
 * collects no ended processes (npm or node as the first process of a container) it would wait in vain, so tini stands
 * in between and collects them. It outlives a libvirtd that is killed for as long as guests of that one are left:
 * the next libvirtd waits for their end too.
 */
function underReaper(command: string, args: readonly string[]): { program: string; args: readonly string[] } {
  const tini = findCommand('tini')
  if (tini === undefined) return { program: command, args }
  return { program: tini, args: ['-s', '--', '/bin/sh', '-c', staysForGuests, 'sh', command, ...args] }
}

/** $PPID is tini; guests are its other children. */
const staysForGuests = [
  '"$@"; status=$?',
  'while children=$(cat "/proc/$PPID/task/$PPID/children") && [ "$children" != "$$ " ]; do sleep 1; done',
  'exit "$status"',
].join('\n')

/** Whether somebody accepts connections on a Unix socket. */
export async function socketAnswers(path: string): Promise<boolean> {
  const socket = createConnection(path)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(socketPatienceMs) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function lastLine(log: Awaited<ReturnType<typeof open>>, from: number): Promise<string> {
  const { size } = await log.stat()
  const start = Math.max(from, size - 2000)
  const { buffer, bytesRead } = await log.read(Buffer.alloc(2000), 0, Math.max(0, size - start), start)
  return buffer.toString('utf8', 0, bytesRead).trim().split('\n').at(-1) ?? ''
}
