/** What must hold of the records and the hypervisors when nothing is under way: they agree, and nothing is left over. */
import type { Flavor } from '../../src/model/flavor.ts'
import type { Nic } from '../../src/model/network.ts'
import type { PendingResize } from '../../src/model/resize.ts'
import { openOperationStatuses } from '../../src/model/operation.ts'
import type { Db } from '../../src/store/database.ts'
import type { SimVmFile } from './sim-vms.ts'

interface Pair {
  readonly id: string
  readonly host_id: string
}

/**
 * @param vms those that the hypervisors really have
 * @returns what does not hold
 */
export async function findLeaks(db: Db, vms: readonly SimVmFile[]): Promise<readonly string[]> {
  const found: string[] = []
  const live = (await db('instances')
    .whereNull('deleted_at')
    .whereNotNull('host_id')
    .select('id', 'host_id', 'vm_state', 'resize')) as (Pair & { vm_state: string; resize: string | null })[]
  const places = live.flatMap(({ id, host_id, vm_state, resize }) => {
    const source = resize === null ? undefined : (JSON.parse(resize) as PendingResize).source
    // Where it came from it is still, and switched off, until the move is confirmed.
    return [{ id, host_id, vm_state }, ...(source === undefined ? [] : [{ id, host_id: source.hostId, vm_state }])]
  })
  compare(found, 'allocation', places, (await db('allocations').select('instance_id as id', 'host_id')) as Pair[])
  const there = vms.map(({ instanceId, hostId }) => ({ id: instanceId, host_id: hostId }))
  const sure = places.filter(({ id, host_id, vm_state }) => vm_state !== 'error' || hasPair(there, { id, host_id }))
  compare(found, 'VM', sure, there)
  const running = vms.filter(({ power }) => power === 'on').map(({ instanceId }) => instanceId)
  for (const [id, times] of countEach(running)) if (times > 1) found.push(`instance ${id} runs ${times} times`)
  const stuck = (await db('instances')
    .whereNull('deleted_at')
    .whereNotNull('task_state')
    .select('id', 'task_state')) as {
    id: string
    task_state: string
  }[]
  for (const { id, task_state: task } of stuck) found.push(`instance ${id} is stuck in ${task}`)
  found.push(...(await sumLeaks(db)), ...(await quotaLeaks(db)), ...(await addressLeaks(db)))
  const halves = (await db('images')
    .whereIn('status', ['queued', 'saving'])
    .where('properties', 'like', '%"instance_uuid"%')
    .select('id')) as { id: string }[]
  for (const { id } of halves) found.push(`image ${id} of an instance never gets its data`)
  const calls = await db('commands').select('*').limit(3)
  if (calls.length > 0) found.push(`rows left in commands: ${JSON.stringify(calls).slice(0, 300)}`)
  const open = (await db('operations').whereIn('status', openOperationStatuses).select('kind')) as { kind: string }[]
  for (const { kind } of open) found.push(`an operation ${kind} is still open`)
  return found
}

async function sumLeaks(db: Db): Promise<readonly string[]> {
  const numbers = (row: unknown): { vcpus: number; count: number } => {
    const { vcpus, count } = row as Record<string, unknown>
    return { vcpus: Number(vcpus ?? 0), count: Number(count ?? 0) }
  }
  const had = numbers(await db('hosts').sum({ vcpus: 'used_vcpus', count: 'instance_count' }).first())
  const wanted = numbers(await db('allocations').sum({ vcpus: 'vcpus' }).count({ count: '*' }).first())
  return [
    ...(had.vcpus === wanted.vcpus ? [] : [`hosts use ${had.vcpus} vCPUs, ${wanted.vcpus} are promised`]),
    ...(had.count === wanted.count ? [] : [`hosts count ${had.count} instances, ${wanted.count} are promised`]),
  ]
}

/** Every project's usage is the sum of its instances; while a resize waits, of each the larger amount. */
async function quotaLeaks(db: Db): Promise<readonly string[]> {
  const live = (await db('instances').whereNull('deleted_at').select('project_id', 'flavor', 'resize')) as {
    project_id: string
    flavor: string
    resize: string | null
  }[]
  const usages = (await db('quota_usages')) as Record<string, unknown>[]
  return usages.flatMap((usage) => {
    const flavors = live
      .filter((instance) => instance.project_id === usage['project_id'])
      .map(({ flavor, resize }) => {
        const now = JSON.parse(flavor) as Flavor
        const { from } = resize === null ? { from: now } : (JSON.parse(resize) as PendingResize)
        return { vcpus: Math.max(now.vcpus, from.vcpus), memoryMb: Math.max(now.memoryMb, from.memoryMb) }
      })
    const cores = flavors.reduce((sum, { vcpus }) => sum + vcpus, 0)
    const ramMb = flavors.reduce((sum, { memoryMb }) => sum + memoryMb, 0)
    const counted = `${String(usage['instances'])} servers, ${String(usage['cores'])} cores, ${String(usage['ram_mb'])} MB`
    const real = `${flavors.length} servers, ${cores} cores, ${ramMb} MB`
    return counted === real ? [] : [`project ${String(usage['project_id'])} has ${real}, its quota counts ${counted}`]
  })
}

/** What instances show is what is taken, and nothing else is. */
async function addressLeaks(db: Db): Promise<readonly string[]> {
  const live = (await db('instances').whereNull('deleted_at').select('id', 'nics')) as { id: string; nics: string }[]
  const shown = live.flatMap(({ id, nics }) => (JSON.parse(nics) as Nic[]).map(({ address }) => `${address} of ${id}`))
  const rows = (await db('fixed_addresses').select('instance_id', 'address')) as Record<string, string>[]
  const taken = rows.map((row) => `${row['address']} of ${row['instance_id']}`)
  return [
    ...shown.filter((one) => !taken.includes(one)).map((one) => `address ${one} is shown and not taken`),
    ...taken.filter((one) => !shown.includes(one)).map((one) => `address ${one} is taken for nothing`),
  ]
}

function compare(found: string[], what: string, wanted: readonly Pair[], had: readonly Pair[]): void {
  const key = ({ id, host_id: hostId }: Pair): string => `${id} on ${hostId}`
  const have = new Set(had.map(key))
  const want = new Set(wanted.map(key))
  for (const item of want) if (!have.has(item)) found.push(`no ${what} for ${item}`)
  for (const item of have) if (!want.has(item)) found.push(`${what} ${item} for nothing`)
}

function hasPair(pairs: readonly Pair[], { id, host_id: hostId }: Pair): boolean {
  return pairs.some((pair) => pair.id === id && pair.host_id === hostId)
}

function countEach(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}
