/** Attach and detach of disks and NICs, cold and hot, beside what the sweeps over every call prove. */
import assert from 'node:assert/strict'
import type { VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { suite, without, withoutHook, type Check } from '../check.ts'
import { devices, guestsHold, withoutDevices, type DeviceKind } from '../devices.ts'
import { expectError } from '../expect-error.ts'

type DeviceCheck = Omit<Check, 'rule' | 'suite'>

const attachTo =
  (kind: DeviceKind) =>
  (bench: Bench, spec: VmSpec): Promise<void> =>
    kind.attach(bench.driver, spec, bench.control())
const detachFrom =
  (kind: DeviceKind) =>
  (bench: Bench, spec: VmSpec): Promise<void> =>
    kind.detach(bench.driver, spec, bench.control())

function lifeOf(kind: DeviceKind): readonly DeviceCheck[] {
  const { ability, add } = kind
  const [attach, detach] = [attachTo(kind), detachFrom(kind)]
  return [
    {
      name: `${ability}: what is attached while a VM is off is its own, over a restart, until it is detached; it boots both ways`,
      skip: withoutDevices(kind),
      run: async (bench) => {
        const spec = await bench.present()
        for (let again = 0; again < 2; again++) await attach(bench, add(spec))
        await bench.expect(add(spec), 'off')
        await expectError(bench.driver.ensurePresent(spec, bench.control()), 'CONFLICT', 'none')
        await bench.restart()
        await bench.driver.ensurePresent(add(spec), bench.control())
        await bench.driver.setPower(spec, 'on', {}, bench.control())
        await bench.booted(spec, 1)
        await bench.expect(add(spec), 'on')
        await bench.driver.setPower(spec, 'off', {}, bench.control())
        for (let again = 0; again < 2; again++) await detach(bench, add(spec))
        await bench.driver.ensurePresent(spec, bench.control())
        await bench.expect(spec, 'off')
        await bench.driver.setPower(spec, 'on', {}, bench.control())
        await bench.booted(spec, 2)
        await bench.expect(spec, 'on')
      },
    },
    {
      name: `${ability}: a guest that runs gets one and keeps it over a restart of the driver and of itself`,
      skip: withoutDevices(kind),
      run: async (bench) => {
        const spec = await bench.running()
        for (let again = 0; again < 2; again++) await attach(bench, add(spec))
        await bench.expect(add(spec), 'on')
        await assertStats(bench, kind, add(spec))
        await bench.restart()
        await bench.driver.ensurePresent(add(spec), bench.control())
        await bench.driver.setPower(spec, 'off', {}, bench.control())
        await bench.expect(add(spec), 'off')
        await bench.driver.setPower(spec, 'on', {}, bench.control())
        await bench.booted(spec, 2)
        await bench.expect(add(spec), 'on')
        await assertStats(bench, kind, add(spec))
      },
    },
    {
      name: `${ability}: a guest that runs loses one, and gets another of the same id`,
      skip: (bench) => withoutDevices(kind)(bench) ?? guestsHold(kind)(bench),
      run: async (bench) => {
        const spec = await bench.runningThatLetsGoOf(ability)
        await attach(bench, add(spec))
        for (let again = 0; again < 2; again++) await detach(bench, add(spec))
        await bench.expect(spec, 'on')
        await assertStats(bench, kind, spec)
        await attach(bench, add(spec))
        await bench.expect(add(spec), 'on')
      },
    },
  ]
}

function refusalsOf(kind: DeviceKind): readonly DeviceCheck[] {
  const { ability, add } = kind
  const [attach, detach] = [attachTo(kind), detachFrom(kind)]
  return [
    {
      name: `${ability}: a guest that does not let go of one keeps it, without effect, until it is off`,
      skip: (bench) =>
        withoutDevices(kind)(bench) ??
        (bench.fixture.guest.letsGo === undefined ? withoutHook('hold')(bench) : undefined),
      run: async (bench) => {
        const spec = await bench.running()
        await attach(bench, add(spec))
        await bench.fixture.hold?.begin()
        try {
          const { retry } = await expectError(detach(bench, add(spec)), 'BUSY', 'none')
          assert.equal(retry, 'later')
          await bench.expect(add(spec), 'on')
          await bench.driver.ensurePresent(add(spec), bench.control())
        } finally {
          await bench.fixture.hold?.end()
        }
        await bench.driver.setPower(spec, 'off', {}, bench.control())
        await detach(bench, add(spec))
        await bench.expect(spec, 'off')
      },
    },
    {
      name: `${ability}: neither of a VM that differs in anything else, nor of one that is not there, nor one that the spec lacks`,
      skip: withoutDevices(kind),
      run: async (bench) => {
        const spec = await bench.present()
        const other = { ...spec, vcpus: spec.vcpus + 1 }
        for (const call of [attach, detach]) {
          await expectError(call(bench, add(other)), 'CONFLICT', 'none')
          await expectError(call(bench, spec), 'INVALID_SPEC', 'none')
          await expectError(call(bench, add(await bench.spec())), 'NOT_FOUND', 'none')
        }
        await bench.expect(spec, 'off')
        await bench.driver.ensurePresent(spec, bench.control())
      },
    },
    {
      name: `${ability}: neither while it is suspended nor while it is rescued, without effect`,
      skip: (bench) => withoutDevices(kind)(bench) ?? without('suspend')(bench) ?? without('rescue')(bench),
      run: async (bench) => {
        const spec = await bench.running()
        await bench.driver.suspend?.suspend(spec, bench.control())
        await expectError(attach(bench, add(spec)), 'WRONG_STATE', 'none')
        await bench.expect(spec, 'suspended')
        await bench.driver.setPower(spec, 'off', {}, bench.control())
        const { ref } = await bench.newImage()
        await bench.driver.rescue?.rescue(spec, ref, bench.control())
        await expectError(attach(bench, add(spec)), 'WRONG_STATE', 'none')
        await bench.driver.rescue?.unrescue(spec, bench.control())
        await attach(bench, add(spec))
        await bench.expect(add(spec), 'off')
      },
    },
  ]
}

/** The figures of a guest that runs name what it has, where the driver has any. */
async function assertStats({ driver }: Bench, { ability }: DeviceKind, spec: VmSpec): Promise<void> {
  const stats = await driver.stats?.read(spec)
  if (stats === undefined) return
  const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id).sort()
  assert.deepEqual(idsOf(stats[ability]), idsOf(spec[ability]), `the ${ability} whose figures it tells`)
}

export const deviceChecks: readonly Check[] = suite(
  'devices',
  0,
  Object.values(devices).flatMap((kind) => [...lifeOf(kind), ...refusalsOf(kind)]),
)
