/** A world in which servers move, and what its tests look at. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import { listServerMigrations } from '../../src/store/server-migrations.ts'
import { World, type WorldOptions } from './world.ts'

export async function makeWorld(t: TestContext, options: WorldOptions = {}): Promise<World> {
  const world = await World.make({ nodes: 2, ...options })
  t.after(() => world.end())
  return world
}

export async function active(world: World, changes: Parameters<World['create']>[0] = {}): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create(changes)
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return instanceId
}

export async function ended(
  world: World,
  begun: Promise<{ operationId: Parameters<World['ended']>[0] }>,
): Promise<string> {
  return (await world.ended((await begun).operationId)).status
}

/** Power of its VM on each host, the instance's own first. */
export async function powers(world: World, id: InstanceId): Promise<readonly string[]> {
  const { hostId } = await world.instance(id)
  const vms = world.vms().filter(({ instanceId }) => instanceId === id)
  return vms.sort((a, b) => Number(b.hostId === hostId) - Number(a.hostId === hostId)).map(({ power }) => power)
}

export async function record(world: World, id: InstanceId): Promise<unknown> {
  const [last] = await listServerMigrations(world.db, { instanceId: id, limit: 1 })
  return [last?.type, last?.status, last?.destHost !== null && last?.destHost !== last?.sourceHost]
}

export async function held(world: World): Promise<unknown> {
  const sums = await world.db('hosts').sum({ vcpus: 'used_vcpus', count: 'instance_count' }).first()
  return { vcpus: Number(sums?.['vcpus']), count: Number(sums?.['count']) }
}

export const isRefused =
  (kind: PolyvisorError['kind'], message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof PolyvisorError && error.kind === kind && message.test(error.message)
