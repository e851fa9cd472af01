import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InstanceStats } from '../../src/operations/instance-stats.ts'
import type { InstanceId } from '../../src/model/ids.ts'
import { findInstance } from '../../src/store/instances.ts'
import { World } from '../support/world.ts'

test('what a guest consumes comes from its host while it runs; one that is off is refused', async () => {
  const world = await World.make()
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  const stats = new InstanceStats(world.db, world.control.queries)
  const read = async (id: InstanceId) => {
    const instance = await findInstance(world.db, id)
    assert.ok(instance)
    return stats.read(instance, 'req-test')
  }
  const { stats: found, host } = await read(instanceId)
  assert.equal(found.memoryBytes, 512 * 1024 ** 2)
  assert.equal(found.vcpuTimesNs?.length, 1)
  assert.deepEqual(
    found.disks.map(({ id }) => id),
    ['root'],
  )
  assert.equal(host.driverId, 'sim')
  await world.ended((await world.act(instanceId, 'stop')).operationId)
  await assert.rejects(read(instanceId), { kind: 'conflict', code: 'wrong-state' })
  await world.end()
})
