/** Whether this machine can run User-Mode Linux guests, in virt-host-validate's manner. Opens nothing, changes nothing. */
import { execFile } from 'node:child_process'
import { readFile, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { HostCheck, HostPlaces } from '../../src/driver/host-check.ts'
import type { JsonObject } from '../../src/util/json.ts'
import {
  checkDiskSpace,
  checkMemory,
  checkPackage,
  gib,
  isInMemory,
  mountOptions,
  readMounts,
  wordsOf,
} from '../local/host-checks.ts'
import { dropPrivileges, usersByDefault } from './as-guest.ts'
import { readUmlConfig, type UmlConfig } from './config.ts'
import { neededPackages } from './system-packages.ts'

const run = promisify(execFile)
const patienceMs = 10_000
const fewBytes = 512 * 1024 ** 2

export async function* validateHost(settings: JsonObject, { stateDir }: HostPlaces): AsyncGenerator<HostCheck> {
  const config = readUmlConfig(settings)
  let isComplete = true
  for (const wanted of neededPackages(config.kernel)) {
    const check = await checkPackage(wanted)
    isComplete &&= check.outcome === 'ok'
    yield check
  }
  if (isComplete) yield await checkStart(config)
  yield await checkTracing()
  if (process.getuid?.() === 0) yield await checkUsers(config)
  yield await checkMemoryDir(config.memoryDir)
  yield await checkDiskSpace(stateDir)
  yield checkMemory()
}

/** The way a guest is started, with `--version` for a guest. */
async function checkStart({ kernel, firstUid = usersByDefault.first }: UmlConfig): Promise<HostCheck> {
  const name = "if the kernel starts as a guest's user, at fixed addresses"
  const uid = process.getuid?.() === 0 ? firstUid : null
  const { file, args } = dropPrivileges(uid, ['setarch', '--addr-no-randomize', kernel, '--version'])
  try {
    const { stdout } = await run(file, args, { cwd: '/', timeout: patienceMs, killSignal: 'SIGKILL' })
    return { name, outcome: 'ok', message: stdout.trim() }
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() ?? ''
    const remedy = 'a container must permit personality(2), setuid and setgid; see its seccomp profile and capabilities'
    return { name, outcome: 'failed', message: said === '' ? wordsOf(error) : said, remedy }
  }
}

/** Guests' kernels trace their programs. */
async function checkTracing(): Promise<HostCheck> {
  const name = "if a guest's kernel may trace its programs"
  const scope = (await readFile('/proc/sys/kernel/yama/ptrace_scope', 'utf8').catch(() => '0')).trim()
  const message = `kernel.yama.ptrace_scope is ${scope}`
  if (Number(scope) < 2) return { name, outcome: 'ok', message }
  return { name, outcome: 'failed', message, remedy: 'sysctl kernel.yama.ptrace_scope=1' }
}

async function checkUsers(config: UmlConfig): Promise<HostCheck> {
  const { firstUid = usersByDefault.first } = config
  const last = firstUid + (config.firstUid === undefined ? usersByDefault.count : usersByDefault.perNode) - 1
  const name = `the guests' user numbers from ${firstUid} on`
  const remedy = 'choose another driverConfig.uml.firstUid'
  if (!isMapped(firstUid, last, await readFile('/proc/self/uid_map', 'utf8')))
    return { name, outcome: 'failed', message: 'this container has no such users', remedy }
  const [taken] = usersBetween(firstUid, last, await readFile('/etc/passwd', 'utf8'))
  if (taken !== undefined) return { name, outcome: 'warning', message: `${taken} is one of them`, remedy }
  return { name, outcome: 'ok', message: `${firstUid} to ${last} are nobody's` }
}

/** @param map /proc/self/uid_map: inside, outside, how many */
export function isMapped(first: number, last: number, map: string): boolean {
  return map.split('\n').some((line) => {
    const [from = NaN, , count = NaN] = line.trim().split(/\s+/).map(Number)
    return from <= first && last < from + count
  })
}

/** @param passwd /etc/passwd @returns names */
export function usersBetween(first: number, last: number, passwd: string): readonly string[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = ''] = line.split(':')
    return uid !== '' && Number(uid) >= first && Number(uid) <= last ? [name] : []
  })
}

async function checkMemoryDir(folder: string): Promise<HostCheck> {
  const name = `the folder for guests' memory ${folder}`
  const found = await statfs(folder).catch(wordsOf)
  if (typeof found === 'string')
    return { name, outcome: 'failed', message: found, remedy: 'name another one as driverConfig.uml.memoryDir' }
  const free = found.bavail * found.bsize
  const message = `${gib(free)} free`
  if (mountOptions(folder, await readMounts()).includes('noexec'))
    return { name, outcome: 'failed', message: 'it is mounted noexec', remedy: `mount -o remount,exec ${folder}` }
  if (!isInMemory(found.type)) {
    const remedy = 'name a tmpfs, such as /dev/shm, as driverConfig.uml.memoryDir'
    return { name, outcome: 'warning', message: `${message}, on a disk: guests are slow`, remedy }
  }
  const remedy = `mount -o remount,size=4G ${folder} (docker run --shm-size=4g)`
  return free < fewBytes ? { name, outcome: 'warning', message, remedy } : { name, outcome: 'ok', message }
}
