import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import type { ServerGroup, ServerGroupPolicy } from '../../src/model/server-group.ts'
import { deleteServerGroup, insertServerGroup } from '../../src/store/server-groups.ts'
import { actor, testFlavor, testImage, World } from '../support/world.ts'

let world: World
afterEach(() => world.end())

async function makeGroup(policy: ServerGroupPolicy, maxServerPerHost: number | null = null): Promise<string> {
  const group: ServerGroup = {
    id: crypto.randomUUID(),
    projectId: actor.projectId,
    userId: actor.userId,
    name: policy,
    policy,
    maxServerPerHost,
    members: [],
  }
  await insertServerGroup(world.db, group, 1)
  return group.id
}

/** As many at once; on which hosts they are, and what became of those that are on none. */
async function createAtOnce(count: number, serverGroupId: string) {
  const made = await Promise.all(Array.from({ length: count }, () => world.create({ serverGroupId })))
  for (const { operationId } of made) await world.ended(operationId)
  const instances = await Promise.all(made.map(({ instanceId }) => world.instance(instanceId)))
  const hosts = instances.flatMap(({ hostId }) => hostId ?? [])
  const perHost = [...Map.groupBy(hosts, (hostId) => hostId).values()].map(({ length }) => length)
  const faults = instances.flatMap(({ fault }) => fault?.message ?? [])
  await world.settled()
  return { perHost: perHost.toSorted(), faults, ids: instances.map(({ id }) => id) }
}

test('anti-affinity: of many at once each has a host of its own, and one too many is told why', async () => {
  world = await World.make({ nodes: 4, conductors: 2 })
  const { perHost, faults } = await createAtOnce(5, await makeGroup('anti-affinity'))
  assert.deepEqual(perHost, [1, 1, 1, 1])
  assert.equal(faults.length, 1)
  assert.match(faults[0] ?? '', /4 of 4 fell at server-group: as many servers of its anti-affinity group/)
})

test('anti-affinity with a rule: so many share a host', async () => {
  world = await World.make({ nodes: 2 })
  const { perHost, faults } = await createAtOnce(5, await makeGroup('anti-affinity', 2))
  assert.deepEqual([perHost, faults.length], [[2, 2], 1])
})

test('affinity: of many at once all are on one host', async () => {
  world = await World.make({ nodes: 4, conductors: 2 })
  const { perHost, faults } = await createAtOnce(6, await makeGroup('affinity'))
  assert.deepEqual([perHost, faults], [[6], []])
})

test('the soft ones prefer, and refuse nothing', async () => {
  world = await World.make({ nodes: 3 })
  const near = await makeGroup('soft-affinity')
  for (let count = 0; count < 3; count += 1) await createAtOnce(1, near)
  const hosts = (await world.db('instances').where({ server_group_id: near }).pluck('host_id')) as string[]
  assert.equal(new Set(hosts).size, 1)
  const apart = await makeGroup('soft-anti-affinity')
  for (let count = 0; count < 4; count += 1) await createAtOnce(1, apart)
  const others = (await world.db('instances').where({ server_group_id: apart }).pluck('host_id')) as string[]
  assert.deepEqual([others.length, new Set(others).size], [4, 3])
})

test('hints: beside a server, and not beside it; another project’s are unknown', async () => {
  world = await World.make({ nodes: 3 })
  const first = await world.create()
  await world.ended(first.operationId)
  const hostOf = async (id: InstanceId) => (await world.instance(id)).hostId
  const place = async (hints: object) => {
    const { instanceId, operationId } = await world.create({ hints })
    await world.ended(operationId)
    return world.instance(instanceId)
  }
  const host = await hostOf(first.instanceId)
  assert.equal((await place({ sameHost: [first.instanceId] })).hostId, host)
  assert.notEqual((await place({ differentHost: [first.instanceId] })).hostId, host)
  await world.db('instances').where({ id: first.instanceId }).update({ project_id: 'others' })
  const lost = await place({ sameHost: [first.instanceId] })
  assert.match(lost.fault?.message ?? '', /3 of 3 fell at same-host/)
})

test('hints hold for as long as a server lives: it comes back beside its neighbour, though others have more room', async () => {
  world = await World.make({ nodes: 3 })
  const { instanceId: neighbour, operationId } = await world.create()
  await world.ended(operationId)
  const { hostId } = await world.instance(neighbour)
  const made = await world.create({ hints: { sameHost: [neighbour] } })
  await world.ended(made.operationId)
  await world.ended((await world.shelve(made.instanceId, true)).operationId)
  const back = await world.ended((await world.unshelve(made.instanceId)).operationId)
  assert.equal(back.status, 'succeeded', back.error?.message)
  assert.equal((await world.instance(made.instanceId)).hostId, hostId)
  const moved = await world.ended((await world.migrate(made.instanceId)).operationId)
  assert.match(moved.error?.message ?? '', /2 of 3 fell at same-host/)
  // Without the neighbour there is nothing left to keep to.
  await world.ended((await world.act(neighbour, 'delete')).operationId)
  const alone = await world.ended((await world.migrate(made.instanceId)).operationId)
  assert.equal(alone.status, 'succeeded', alone.error?.message)
})

test('explanations count with a group; a group that is gone forbids nothing', async () => {
  world = await World.make({ nodes: 2 })
  const id = await makeGroup('anti-affinity')
  await createAtOnce(1, id)
  const wish = {
    name: 'vm',
    flavor: testFlavor,
    image: testImage,
    metadata: {},
    attributes: {},
    configDrive: false,
    nics: [],
    hints: {},
    serverGroupId: id,
    count: { min: 1, max: 5 },
  }
  assert.equal((await world.control.placement.explain(wish, actor.projectId)).fits, 1)
  await deleteServerGroup(world.db, id)
  assert.equal((await world.control.placement.explain(wish, actor.projectId)).fits, 5)
})

test('as many members as the quota allows', async () => {
  world = await World.make({ nodes: 1 })
  const id = await makeGroup('affinity')
  await world.db('quota_limits').insert({ project_id: actor.projectId, name: 'serverGroupMembers', hard_limit: 2 })
  await createAtOnce(2, id)
  await assert.rejects(world.create({ serverGroupId: id }), /too many servers in group/)
})
