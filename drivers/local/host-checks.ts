/** Checks of a machine that drivers with guests on it share. They only look. */
import { execFile } from 'node:child_process'
import { readFile, statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { dirname, isAbsolute } from 'node:path'
import { promisify } from 'node:util'
import type { HostCheck } from '../../src/driver/host-check.ts'
import { findCommand, installCommand, missingPackages, type SystemPackage } from './system-packages.ts'

const run = promisify(execFile)
const patienceMs = 10_000
const gibibyte = 1024 ** 3
const fewDiskBytes = 10 * gibibyte
const tooFewDiskBytes = gibibyte
const fewMemoryBytes = gibibyte / 2

/** What a package provides; of commands, what they say is their version. */
export async function checkPackage(wanted: SystemPackage): Promise<HostCheck> {
  const name = wanted.provides
  if (missingPackages([wanted]).length > 0) {
    return { name, outcome: 'failed', message: 'it is missing', remedy: installCommand([wanted]) }
  }
  const found = wanted.oneOf.map((what) => (isAbsolute(what) ? what : findCommand(what))).find((path) => path) ?? ''
  if (found.endsWith('.so') || found.includes('.so.')) return { name, outcome: 'ok', message: found }
  return { name, outcome: 'ok', message: (await versionOf(found)) ?? found }
}

/** Its first line of `--version`; undefined when that holds no number. */
export async function versionOf(command: string): Promise<string | undefined> {
  const asked = run(command, ['--version'], { timeout: patienceMs, killSignal: 'SIGKILL' })
  // Some know no --version, and wait to be told on their input.
  asked.child.stdin?.end()
  const said = await asked.catch(() => undefined)
  const line = said?.stdout.split('\n')[0]?.trim() ?? ''
  return /\d/.test(line) ? line : undefined
}

/** Room and kind of the file system where guests' disks would lie. */
export async function checkDiskSpace(stateDir: string): Promise<HostCheck> {
  const name = "disk space for guests' disks"
  const folder = await nearestFolder(stateDir)
  const { type, bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const kind = fileSystems[type] ?? `file system 0x${type.toString(16)}`
  const message = `${gib(free)} free for ${stateDir} (${kind})`
  const elsewhere = 'choose a data directory with more room (--data-dir)'
  if (free < tooFewDiskBytes) return { name, outcome: 'failed', message, remedy: elsewhere }
  if (isInMemory(type)) {
    const remedy = 'choose a data directory on a disk (--data-dir): what is in memory is gone after a reboot'
    return { name, outcome: 'warning', message, remedy }
  }
  if (type === overlay) {
    const remedy = 'mount a volume there: what a container writes is gone with it'
    return { name, outcome: 'warning', message, remedy }
  }
  return free < fewDiskBytes
    ? { name, outcome: 'warning', message, remedy: elsewhere }
    : { name, outcome: 'ok', message }
}

/** @param freeBytes and totalBytes of the machine, unless told otherwise */
export function checkMemory(freeBytes = freemem(), totalBytes = totalmem()): HostCheck {
  const name = 'memory for guests'
  const message = `${gib(freeBytes)} of ${gib(totalBytes)} available`
  if (freeBytes >= fewMemoryBytes) return { name, outcome: 'ok', message }
  return { name, outcome: 'warning', message, remedy: 'end other programs, or give the machine more memory' }
}

/** That folder, or the first above it that is there. */
export async function nearestFolder(path: string): Promise<string> {
  const isThere = await statfs(path).then(
    () => true,
    () => false,
  )
  return isThere || path === dirname(path) ? path : nearestFolder(dirname(path))
}

/** Where a folder's file system is mounted, and how. @param mounts /proc/self/mountinfo */
export function mountOptions(path: string, mounts: string): readonly string[] {
  const found = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , , , point = '-']) => path === point || path.startsWith(point === '/' ? '/' : `${point}/`))
    .sort(([, , , , one = ''], [, , , , other = '']) => one.length - other.length)
    .at(-1)
  return found?.[5]?.split(',') ?? []
}

export async function readMounts(): Promise<string> {
  return readFile('/proc/self/mountinfo', 'utf8')
}

export function isInMemory(type: number): boolean {
  return ['tmpfs', 'ramfs'].includes(fileSystems[type] ?? '')
}

export function gib(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GiB`
}

/** For the operator. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const overlay = 0x794c7630
/** By the kernel's magic numbers (statfs(2)). */
const fileSystems: Readonly<Record<number, string>> = {
  0x01021994: 'tmpfs',
  0x858458f6: 'ramfs',
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x2fc12fc1: 'zfs',
  0xf2f52010: 'f2fs',
  0x6969: 'nfs',
  0xff534d42: 'cifs',
  0x65735546: 'fuse',
  0x01021997: '9p',
  [overlay]: 'overlay',
}
