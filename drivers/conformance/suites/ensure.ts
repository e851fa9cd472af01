/** Rule 1: repeating is free, another spec is a conflict, and what is not there is absent already. */
import assert from 'node:assert/strict'
import type { Json } from '../../../src/util/json.ts'
import { suite, type Check } from '../check.ts'
import { expectError } from '../expect-error.ts'

export const ensureChecks: readonly Check[] = suite('ensure', 1, [
  {
    name: 'makes a VM once, however often it is asked, and answers the same handle',
    run: async (bench) => {
      const spec = await bench.spec()
      const first = await bench.driver.ensurePresent(spec, bench.control())
      for (let again = 0; again < 3; again++) {
        assert.deepEqual(await bench.driver.ensurePresent(reordered(spec), bench.control()), first)
      }
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'leaves a running guest running when it is ensured again',
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'on')
    },
  },
  {
    name: 'answers CONFLICT to the same id with another spec, and changes nothing',
    run: async (bench) => {
      const spec = await bench.present()
      const [disk] = spec.disks
      assert.ok(disk)
      const others = [
        { ...spec, vcpus: 2 },
        { ...spec, memoryBytes: spec.memoryBytes * 2 },
        { ...spec, disks: [{ ...disk, sizeBytes: disk.sizeBytes * 2 }] },
        { ...spec, disks: [] },
      ]
      for (const other of others) {
        await expectError(bench.driver.ensurePresent(other, bench.control()), 'CONFLICT', 'none')
      }
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'finds an unknown VM absent already',
    run: async (bench) => {
      const spec = await bench.spec()
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.driver.ensureAbsent({ ...spec, handle: { version: 1, data: null } }, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
  {
    name: 'removes a VM once, however often it is asked, and makes it anew afterwards',
    run: async (bench) => {
      const spec = await bench.present()
      for (let again = 0; again < 3; again++) await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
      await bench.driver.ensurePresent({ ...spec, vcpus: 2 }, bench.control())
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'removes a running guest',
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
  {
    name: 'keeps the disks that it is told to keep, until it is told otherwise',
    run: async (bench) => {
      const [root] = (await bench.spec()).disks
      assert.ok(root)
      const blank = { id: 'blank-0', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 } as const
      const spec = await bench.present({ disks: [root, blank] })
      await bench.driver.ensureAbsent(spec, { keepDisks: ['blank-0'] }, bench.control())
      assert.deepEqual(await bench.observe(spec), { guests: 0, power: null, disks: ['blank-0'] })
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
])

/** The same value with its keys in another order, as it may come off a bus. */
function reordered<T>(value: T): T {
  const turn = (part: Json): Json => {
    if (part === null || typeof part !== 'object') return part
    if (Array.isArray(part)) return part.map(turn)
    return Object.fromEntries(
      Object.entries(part)
        .reverse()
        .map(([key, inner]) => [key, turn(inner)]),
    )
  }
  return turn(value as Json) as T
}
