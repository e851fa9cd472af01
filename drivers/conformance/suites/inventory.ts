/** Rule 9: physical totals, stable ids, published traits. */
import assert from 'node:assert/strict'
import { suite, type Check } from '../check.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The namespaces of os-traits, and everybody's own. */
const trait = /^(COMPUTE|HW|MISC|OWNER|STORAGE|CUSTOM)_[A-Z0-9_]+$/

export const inventoryChecks: readonly Check[] = suite('inventory', 9, [
  {
    name: 'has nodes with a UUID, a name, physical totals and published traits',
    run: async ({ driver }) => {
      const nodes = await driver.nodes()
      assert.ok(nodes.length > 0)
      assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length, 'ids are unique')
      for (const node of nodes) {
        assert.match(node.id, uuid)
        assert.ok(node.name.length > 0)
        for (const total of [node.vcpus, node.memoryMb, node.diskGb]) assert.ok(Number.isInteger(total) && total > 0)
        for (const each of node.traits) assert.match(each, trait)
        assert.ok(node.bootedAtMs === undefined || node.bootedAtMs <= Date.now())
      }
      assert.deepEqual(await driver.nodes(), nodes, 'the same when it is asked again')
    },
  },
  {
    name: 'has the same nodes after a restart',
    run: async (bench) => {
      const ids = (await bench.driver.nodes()).map(({ id }) => id)
      await bench.restart()
      assert.deepEqual(
        (await bench.driver.nodes()).map(({ id }) => id),
        ids,
      )
    },
  },
  {
    name: 'counts totals, not what is free: a running guest changes nothing',
    run: async (bench) => {
      const totals = async (): Promise<unknown> =>
        (await bench.driver.nodes()).map(({ vcpus, memoryMb, diskGb }) => ({ vcpus, memoryMb, diskGb }))
      const before = await totals()
      const spec = await bench.running()
      assert.deepEqual(await totals(), before)
      assert.ok((await bench.driver.nodes()).some(({ id }) => id === spec.nodeId))
      assert.equal((await bench.driver.get(spec))?.nodeId, spec.nodeId)
    },
  },
])
