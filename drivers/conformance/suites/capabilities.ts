/** What the driver says it can is what it can: nobody has to try to find out. */
import assert from 'node:assert/strict'
import { abilityMethods, type DiskFormatOffer, type PowerWant, type VmLimits } from '../../../src/driver/index.ts'
import { suite, type Check } from '../check.ts'
import { expectError } from '../expect-error.ts'

const wants: readonly PowerWant[] = ['on', 'off', 'reset', 'soft-off', 'soft-reset']
/** Generous ones: the guest boots as it does without. */
const limits: Required<VmLimits> = {
  cpu: { shares: 512, periodUs: 100_000, quotaUs: 100_000 },
  disk: { totalBytes: 1024 ** 3, readRequests: 100_000 },
  nic: { inbound: { average: 1_000_000 }, outbound: { average: 1_000_000, burst: 1_000_000 } },
}
const formats: readonly DiskFormatOffer['format'][] = ['raw', 'qcow2', 'vmdk', 'vhd', 'vhdx', 'vdi', 'iso']

export const capabilityChecks: readonly Check[] = [
  ...suite('capabilities', 0, [
    {
      name: 'has whole abilities or none',
      run: async ({ driver }) => {
        for (const [ability, names] of Object.entries(abilityMethods)) {
          const found = (driver as unknown as Record<string, Record<string, unknown> | undefined>)[ability]
          if (found === undefined) continue
          for (const name of names) assert.equal(typeof found[name], 'function', `${ability}.${name}`)
        }
      },
    },
    {
      name: 'says the same about itself each time',
      run: async (bench) => {
        const before = JSON.stringify(bench.driver.capabilities())
        await bench.present()
        assert.equal(JSON.stringify(bench.driver.capabilities()), before)
        const { architectures, hypervisorTypes, vmModes, power, limits } = bench.driver.capabilities()
        for (const list of [architectures, hypervisorTypes, vmModes]) assert.ok(list.length > 0)
        assert.ok(power.includes('on') && power.includes('off') && power.every((want) => wants.includes(want)))
        assert.ok(Number.isInteger(limits.parallelOperations) && limits.parallelOperations >= 1)
      },
    },
    {
      name: 'takes limits of every kind that it offers to keep, as a part of the spec, and the guest boots',
      skip: ({ driver }) =>
        (driver.capabilities().limitable ?? []).length === 0 ? 'the driver keeps no limits' : undefined,
      run: async (bench) => {
        const kinds = bench.driver.capabilities().limitable ?? []
        assert.deepEqual(
          kinds.filter((kind) => limits[kind] === undefined),
          [],
        )
        const spec = await bench.present({ limits: Object.fromEntries(kinds.map((kind) => [kind, limits[kind]])) })
        await bench.driver.ensurePresent(spec, bench.control())
        const { limits: _, ...without } = spec
        await expectError(bench.driver.ensurePresent(without, bench.control()), 'CONFLICT', 'none')
        await bench.driver.setPower(spec, 'on', {}, bench.control())
        await bench.booted(spec, 1)
        await bench.expect(spec, 'on')
      },
    },
  ]),
  ...suite('capabilities', 6, [
    {
      name: 'answers UNSUPPORTED to a power action that it did not declare, without effect',
      skip: ({ driver }) =>
        driver.capabilities().power.length === wants.length ? 'the driver declares every power action' : undefined,
      run: async (bench) => {
        const spec = await bench.present()
        const declared = bench.driver.capabilities().power
        for (const want of wants.filter((each) => !declared.includes(each))) {
          await expectError(bench.driver.setPower(spec, want, {}, bench.control()), 'UNSUPPORTED', 'none')
          await bench.expect(spec, 'off')
        }
      },
    },
    {
      name: 'answers UNSUPPORTED to an architecture that it did not declare, without effect',
      run: async (bench) => {
        const spec = await bench.spec({ imageProperties: { hw_architecture: 'vax' } })
        await expectError(bench.driver.ensurePresent(spec, bench.control()), 'UNSUPPORTED', 'none')
        await bench.expect(spec, null)
      },
    },
    {
      name: 'answers UNSUPPORTED to a disk format that it did not offer, without effect',
      skip: ({ driver }) =>
        new Set(driver.capabilities().disk.map(({ format }) => format)).size === formats.length
          ? 'the driver offers every format'
          : undefined,
      run: async (bench) => {
        const offered = bench.driver.capabilities().disk.map(({ format }) => format)
        const format = formats.find((each) => !offered.includes(each))
        assert.ok(format)
        const spec = await bench.spec({}, { ...bench.image.ref, format })
        await expectError(bench.driver.ensurePresent(spec, bench.control()), 'UNSUPPORTED', 'none')
        await bench.expect(spec, null)
      },
    },
  ]),
]
