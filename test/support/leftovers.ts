/**
 * What a service may have left behind, seen with third-party tools and plain files: guests' processes, libvirt domains
 * (virsh), rows, files. A driver cannot vouch for itself.
 */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { LibvirtDaemon } from '../../drivers/libvirt/daemon.ts'
import { chooseGuestUser } from '../../drivers/libvirt/guest-user.ts'
import { shortPathTo } from '../../drivers/libvirt/short-path.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { queryDatabaseOf } from './test-database.ts'
import { walk } from './walk.ts'

const run = promisify(execFile)

/** Asks the database, not by way of the service. */
export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>

/** @returns one line per thing that should not be there once all servers are deleted; empty is good */
export async function findLeftovers(dataDir: string): Promise<readonly string[]> {
  const query: Query = (sql) => queryDatabaseOf(dataDir, sql)
  return [...(await findLeftoverRows(query)), ...(await findLeftoversOnHost(dataDir, query))]
}

/** The same where the agent has a data directory of its own: what is left of instances there. */
export async function findLeftoversOnHost(dataDir: string, query: Query): Promise<readonly string[]> {
  const domains = await listDomains(dataDir)
  return [
    ...domains.map((uuid) => `libvirt domain ${uuid}`),
    ...listGuestProcesses(dataDir).map(({ pid, command }) => `process ${pid}: ${command.slice(0, 120)}`),
    ...(await findInstanceFiles(dataDir, query)),
  ]
}

/** UUIDs of all domains of the service's own libvirtd; empty when it has none. */
export async function listDomains(dataDir: string): Promise<readonly string[]> {
  const stateDir = findLibvirtStateDir(dataDir)
  if (stateDir === undefined) return []
  const base = await shortPathTo(join(stateDir, 'libvirt'), join(stateDir, 'libvirt-short-path'))
  const uri = `qemu:///session?socket=${base}/r/libvirt/libvirt-sock`
  const { stdout } = await run('virsh', ['-c', uri, 'list', '--all', '--uuid'], { timeout: 20_000 })
  return stdout.split('\n').filter((line) => line.trim() !== '')
}

/** Ends the libvirtd that the service started for this data directory, and guests that a failed test left. */
export async function endOwnProcesses(dataDir: string): Promise<void> {
  for (const { pid } of listGuestProcesses(dataDir)) process.kill(pid, 'SIGKILL')
  const stateDir = findLibvirtStateDir(dataDir)
  if (stateDir === undefined) return
  const user = await chooseGuestUser(undefined)
  await new LibvirtDaemon({ stateDir, user, hostUuid: '', log: silentLogger }).stop()
}

/** QEMU processes whose command line names the data directory. */
function listGuestProcesses(dataDir: string): readonly { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: readCommand(name) }))
    .filter(({ command }) => command.includes('qemu-system') && command.includes(dataDir))
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

function findLibvirtStateDir(dataDir: string): string | undefined {
  const found = [...walk(dataDir)].find(
    (entry) => entry.isDirectory() && entry.name === 'libvirt' && existsSync(join(entry.parentPath, 'libvirt', 'r')),
  )
  return found?.parentPath
}

const emptyWhenIdle = {
  allocations: 'select instance_id, host_id from allocations',
  vms: 'select instance_id, host_id from vms',
  commands: 'select key from commands',
  'open operations': `select id, kind, status from operations where finished_at is null`,
  'busy instances': 'select id, vm_state, task_state from instances where operation_id is not null',
  'hosts with usage':
    'select name, used_vcpus from hosts where used_vcpus + used_memory_mb + used_disk_gb + instance_count > 0',
} as const

export async function findLeftoverRows(query: Query): Promise<readonly string[]> {
  const found: string[] = []
  for (const [what, sql] of Object.entries(emptyWhenIdle)) {
    for (const row of await query(sql)) found.push(`${what}: ${JSON.stringify(row)}`)
  }
  return found
}

/** Kinds and ids of the operations that are not over. */
export async function findOpenOperations(dataDir: string): Promise<readonly string[]> {
  const rows = await queryDatabaseOf(dataDir, emptyWhenIdle['open operations'])
  return rows.map((row) => `${String(row['kind'])} ${String(row['id'])}`)
}

/** Files whose path names an instance that was ever there. */
async function findInstanceFiles(dataDir: string, query: Query): Promise<readonly string[]> {
  const ids = (await query('select id from instances')).map((row) => String(row['id']))
  return [...walk(dataDir)]
    .map(({ parentPath, name }) => relative(dataDir, join(parentPath, name)))
    .filter((path) => ids.some((id) => path.includes(id)))
    .map((path) => `file ${path}`)
}
