/** Rule 2: the id stands inside the hypervisor's object before anything expensive; names are labels; strangers are left alone. */
import assert from 'node:assert/strict'
import { suite, withoutHook, type Check } from '../check.ts'
import { crashWhileFetching } from '../crash.ts'
import { expectError } from '../expect-error.ts'

const names = [
  'n'.repeat(255),
  '🚀'.repeat(255),
  'ÄÖÜ ß — 日本語 — עברית',
  '<name a="1">&amp; \' " ]]></name>',
  '../../etc/passwd',
  '%s %n $(id) `id` ; rm -rf',
  ' a name with spaces at its ends ',
] as const

export const identityChecks: readonly Check[] = suite('identity', 2, [
  {
    name: 'writes the instance’s id where a third-party tool finds it',
    run: async (bench) => {
      const spec = await bench.present()
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'has the id in place before the image is fetched, and finds the half-built VM after a crash',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      const during = await crashWhileFetching(bench, spec)
      assert.equal(during.guests, 1, 'guests that carry the id while the image is fetched')
      const told = await bench.driver.get(spec)
      assert.equal(told?.power, 'building', 'what get() says')
      assert.ok(
        (await bench.driver.list()).some(
          ({ instanceId, power }) => instanceId === spec.instanceId && power === 'building',
        ),
        'list() does not have it',
      )
    },
  },
  {
    name: 'removes a half-built VM',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      await crashWhileFetching(bench, spec)
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
  {
    name: 'never lists or tells of a guest that is not ours',
    skip: withoutHook('foreign'),
    run: async (bench) => {
      const { foreign } = bench.fixture
      if (foreign === undefined) return
      const id = await foreign.make()
      try {
        const { nodeId } = await bench.spec()
        assert.ok(!(await bench.driver.list()).some(({ instanceId }) => instanceId === id), 'list() has it')
        assert.equal(await bench.driver.get({ instanceId: id, nodeId }), null)
        assert.ok(await foreign.isUntouched(id), 'it was touched')
      } finally {
        await foreign.remove(id)
      }
    },
  },
  {
    name: 'never touches a guest that is not ours, whatever is asked',
    skip: withoutHook('foreign'),
    run: async (bench) => {
      const { foreign } = bench.fixture
      if (foreign === undefined) return
      const id = await foreign.make()
      try {
        const spec = { ...(await bench.spec()), instanceId: id }
        await expectError(bench.driver.ensurePresent(spec, bench.control()), 'CONFLICT', 'none')
        for (const want of bench.driver.capabilities().power) {
          await expectError(bench.driver.setPower(spec, want, {}, bench.control()), 'NOT_FOUND', 'none')
        }
        await bench.driver.ensureAbsent(spec, {}, bench.control())
        assert.ok(await foreign.isUntouched(id), 'it was touched')
      } finally {
        await foreign.remove(id)
      }
    },
  },
  {
    name: 'takes any name as a label: the longest, Unicode, markup, paths',
    run: async (bench) => {
      for (const name of names) {
        const spec = await bench.present({ name })
        await bench.expect(spec, 'off')
        assert.equal((await bench.driver.get(spec))?.name, name)
        await bench.driver.ensureAbsent(spec, {}, bench.control())
      }
    },
  },
  {
    name: 'makes two VMs of one name two VMs, and takes another name for no other VM',
    run: async (bench) => {
      const one = await bench.present({ name: 'twin' })
      const two = await bench.present({ name: 'twin' })
      await bench.driver.ensurePresent({ ...one, name: 'renamed' }, bench.control())
      await bench.driver.ensureAbsent(one, {}, bench.control())
      await bench.expect(one, null)
      await bench.expect(two, 'off')
    },
  },
])
