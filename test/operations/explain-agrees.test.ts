/** An explanation is a promise: over random hosts and requests, what it says is what a real request then meets. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Flavor } from '../../src/model/flavor.ts'
import type { CreateInstance } from '../../src/operations/instance-service-types.ts'
import { describeExplanation } from '../../src/scheduler/describe-explanation.ts'
import { actor, testFlavor, testImage, World } from '../support/world.ts'

const nodes = 4
let world: World

before(async () => {
  world = await World.make({ nodes, node: { vcpus: 8, memoryMb: 4096, diskGb: 20 } })
})
after(() => world.end())

/** What an operator may turn; agents' reports leave it alone. */
const hostSettings = fc.record({
  vcpu_ratio: fc.constantFrom(0.25, 0.5, 1),
  memory_ratio: fc.constantFrom(0.1, 0.5, 1),
  disk_ratio: fc.constantFrom(0.1, 1),
  enabled: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn > 0),
})
const flavors = fc.record({
  vcpus: fc.integer({ min: 1, max: 6 }),
  memoryMb: fc.constantFrom(64, 512, 1024, 3000, 5000),
  diskGb: fc.integer({ min: 1, max: 15 }),
})
const properties = fc.constantFrom<Record<string, string>>({}, {}, {}, { hw_architecture: 'riscv64' })
const counts = fc.integer({ min: 1, max: 5 })

test('explain agrees with what a real request then does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostSettings, { minLength: nodes, maxLength: nodes }),
      flavors,
      properties,
      counts,
      async (settings, amounts, imageProperties, count) => {
        await setHosts(settings)
        const wish = wishFor({ ...testFlavor, ...amounts }, imageProperties, count)
        const explanation = await world.control.placement.explain(wish, actor.projectId)
        const { operationIds, instanceIds } = await world.control.instances.create(wish, actor)
        await Promise.all(operationIds.map((id) => world.ended(id)))
        const instances = await Promise.all(instanceIds.map((id) => world.instance(id)))
        const active = instances.filter(({ vmState }) => vmState === 'active')
        assert.equal(active.length, explanation.fits, describeExplanation(explanation, true))
        const fitting = new Set(explanation.hosts.flatMap(({ name, filter }) => (filter === null ? [name] : [])))
        const names = new Map((await world.db('hosts').select('id', 'name')).map(({ id, name }) => [id, name]))
        for (const { hostId } of active) assert.ok(fitting.has(names.get(hostId)), 'a host that was said to fit')
        if (explanation.fits === 0)
          for (const { fault } of instances) assert.equal(fault?.message, describeExplanation(explanation, false))
        const deletes = await Promise.all(instanceIds.map((id) => world.act(id, 'delete')))
        await Promise.all(deletes.map(({ operationId }) => world.ended(operationId)))
      },
    ),
    { numRuns: 15 },
  )
})

async function setHosts(settings: readonly object[]): Promise<void> {
  const hosts = (await world.db('hosts').orderBy('name').select('id')) as { id: string }[]
  assert.equal(hosts.length, nodes)
  for (const [index, { id }] of hosts.entries()) {
    await world
      .db('hosts')
      .where({ id })
      .update({ ...settings[index], updated_at: Date.now() })
  }
}

function wishFor(flavor: Flavor, imageProperties: Readonly<Record<string, string>>, count: number): CreateInstance {
  return {
    name: 'explained',
    flavor,
    image: { ...testImage, properties: imageProperties },
    count: { min: count, max: count },
    metadata: {},
    attributes: {},
    configDrive: false,
    nics: [],
    hints: {},
  }
}
