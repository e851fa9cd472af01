/** The simulated hypervisor's live migration, cut after each of its native calls: the guest is never on at both nodes, and the same call again finishes it. */
// One database is enough: there is none in it.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeControl } from '../../drivers/conformance/control.ts'
import { Faults } from '../../drivers/sim/faults.ts'
import { SimMigration } from '../../drivers/sim/sim-migration.ts'
import { SimulatedDeath, VmStore, type SimVm } from '../../drivers/sim/vm-store.ts'
import { hashSpec, type VmSpec } from '../../src/driver/index.ts'

const [from, to] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002']
const instanceId = 'cccccccc-0000-4000-8000-000000000003'
/** The disks come along; nobody asks for one. */
const noImages = { open: () => Promise.reject(new Error('there are no images')) }
const memoryBytes = 64 * 1024 ** 2
const specAt = (nodeId: string): VmSpec => ({
  instanceId,
  nodeId,
  name: 'on its way',
  vcpus: 2,
  memoryBytes,
  disks: [],
  nics: [],
  imageProperties: {},
  options: {},
})

function migrationIn(store: VmStore): SimMigration {
  return new SimMigration({
    store,
    faults: new Faults([]),
    migrationMs: 0,
    nodeNames: new Map([
      [from, 'a'],
      [to, 'b'],
    ]),
    assertPossible: () => undefined,
  })
}

/** A guest with a disk, and room for it. */
async function prepared(folder: string, power: 'on' | 'paused'): Promise<unknown> {
  const store = new VmStore(folder)
  const vm: SimVm = {
    ...{ instanceId, nodeId: from, name: 'on its way', specHash: hashSpec(specAt(from)) },
    ...{ power, console: 'booted once', vcpus: 2, memoryBytes, bootedAtMs: 1_000 },
  }
  store.put(vm)
  store.putDisk(vm, 'root', { sizeBytes: 4096 })
  return migrationIn(store).prepare(specAt(to), makeControl({}, noImages))
}

for (const power of ['on', 'paused'] as const) {
  test(`a guest that is ${power}: whenever it dies, it is at one node, and arrives whole`, async () => {
    let deaths = 0
    for (let calls = 1; ; calls += 1) {
      const folder = await mkdtemp(join(tmpdir(), 'polyvisor-sim-migration-'))
      try {
        const destination = (await prepared(folder, power)) as never
        const ref = { instanceId, nodeId: from }
        const run = (store: VmStore) => migrationIn(store).run(ref, destination, makeControl({}, noImages))
        const died = await run(new VmStore(folder, { dieAfterCalls: calls })).then(
          () => false,
          (error: unknown) => {
            assert.ok(error instanceof SimulatedDeath, String(error))
            return true
          },
        )
        const after = new VmStore(folder)
        const guests = after.all().filter((vm) => vm.power === 'on' || vm.power === 'paused')
        assert.ok(guests.length <= 1, `after ${calls} calls it is at ${guests.length} nodes`)
        for (let again = 0; again < 2; again += 1) await run(after)
        const [left, come] = [after.get(ref), after.get({ instanceId, nodeId: to })]
        assert.equal(left?.power, 'off')
        assert.deepEqual(
          [come?.power, come?.console, come?.vcpus, come?.memoryBytes, come?.bootedAtMs, come?.arriving],
          [power, 'booted once', 2, memoryBytes, 1_000, undefined],
        )
        assert.deepEqual(after.getDisk({ instanceId, nodeId: to }, 'root'), { sizeBytes: 4096 })
        if (!died) break
        deaths += 1
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
    assert.ok(deaths >= 8, `it died ${deaths} times`)
  })
}
