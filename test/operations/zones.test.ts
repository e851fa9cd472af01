import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CreateInstance } from '../../src/operations/instance-service-types.ts'
import { Aggregates } from '../../src/operations/aggregates.ts'
import { listHosts } from '../../src/store/hosts.ts'
import { systemClock } from '../../src/util/clock.ts'
import { testFlavor, World } from '../support/world.ts'

let world: World
before(async () => {
  world = await World.make({ nodes: 3 })
})
after(() => world.end())

async function place(changes: Partial<CreateInstance>) {
  const { instanceId, operationId } = await world.create(changes)
  await world.ended(operationId)
  return world.instance(instanceId)
}

test('zones and aggregates hold from the moment they are made', async () => {
  const aggregates = new Aggregates(world.db, systemClock)
  const [first, second] = await listHosts(world.db)
  const { id } = await aggregates.create('west', 'west')
  await aggregates.addHost(id, first?.name ?? '')
  for (let count = 0; count < 3; count += 1) assert.equal((await place({ availabilityZone: 'west' })).hostId, first?.id)
  assert.notEqual((await place({ availabilityZone: 'nova' })).hostId, first?.id)
  assert.match(
    (await place({ availabilityZone: 'east' })).fault?.message ?? '',
    /3 of 3 fell at availability-zone: in another availability zone, wanted east/,
  )
  const fast = await aggregates.create('fast', null)
  await aggregates.addHost(fast.id, second?.name ?? '')
  const wanting = (disk: string) => {
    const extraSpecs = { 'aggregate_instance_extra_specs:disk': disk, 'hw:other': 'x' }
    return place({ flavor: { ...testFlavor, extraSpecs } })
  }
  assert.match((await wanting('ssd')).fault?.message ?? '', /3 of 3 fell at aggregate-extra-specs/)
  await aggregates.update(fast.id, { metadata: { disk: 'ssd' } })
  assert.equal((await wanting('ssd')).hostId, second?.id)
  assert.equal((await wanting('<or> hdd <or> ssd')).hostId, second?.id)
  assert.match((await wanting('hdd')).fault?.message ?? '', /wanted hdd/)
})

test('a host by its name is held against the filters, and a forced one only against what cannot be', async () => {
  const [, , third] = await listHosts(world.db)
  assert.ok(third)
  const on = (isForced: boolean, changes: Partial<CreateInstance> = {}) =>
    place({ ...changes, host: { id: third.id, isForced } })
  assert.equal((await on(false)).hostId, third.id)
  await world.db('hosts').where({ id: third.id }).update({ enabled: false, updated_at: Date.now() })
  const refused = await on(false)
  assert.match(refused.fault?.message ?? '', /1 of 3 fell at compute-enabled/)
  assert.match(refused.fault?.message ?? '', /another host was asked for/)
  assert.equal((await on(true, { availabilityZone: 'west' })).hostId, third.id)
  const large = { ...testFlavor, memoryMb: 10_000_000 }
  assert.match((await on(true, { flavor: large })).fault?.message ?? '', /1 of 3 fell at memory/)
})
