/** What the optional abilities promise beside the numbered rules. */
import assert from 'node:assert/strict'
import { offersRescueDevice, type VmSpec } from '../../../src/driver/index.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'
import type { Bench } from '../bench.ts'
import { larger } from '../cases.ts'
import { suite, without, withoutAgent, type Check } from '../check.ts'
import { expectError } from '../expect-error.ts'
import { openConsole, withoutConsole } from '../open-console.ts'

const diskBuses = ['virtio', 'scsi', 'ide', 'sata', 'usb'] as const

async function resized(bench: Bench, spec: VmSpec): Promise<void> {
  await bench.driver.resize?.resize(spec, bench.control())
}

/** No words of ours: guests may say those anyway. */
const typed = 'xyzzy\r'

export const abilityChecks: readonly Check[] = suite('abilities', 0, [
  {
    name: 'console: is empty before the first boot, then has what the guest wrote, at most as many bytes as asked',
    skip: without('console'),
    run: async (bench) => {
      const { driver, fixture } = bench
      const spec = await bench.present()
      assert.equal((await driver.console?.readLog(spec, { maxBytes: 100 }))?.length, 0)
      await driver.setPower(spec, 'on', {}, bench.control())
      if (fixture.guest.bootMarker === undefined) return
      await bench.booted(spec, 1)
      const read = async (maxBytes: number): Promise<string | undefined> =>
        (await driver.console?.readLog(spec, { maxBytes }))?.toString('latin1')
      // The guest may still be writing.
      const { last, whole } = await waitUntil('a console that rests', async () => {
        const before = await read(65_536)
        const last = await read(5)
        const whole = await read(65_536)
        return before === whole ? { last, whole } : undefined
      })
      assert.equal(last, whole?.slice(-5), 'the last five bytes')
    },
  },
  {
    name: 'console: survives a restart of the driver and of the guest',
    skip: without('console'),
    run: async (bench) => {
      if (bench.fixture.guest.bootMarker === undefined) return
      const spec = await bench.running()
      await bench.restart()
      assert.equal(await bench.boots(spec), 1)
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      assert.equal(await bench.boots(spec), 1)
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      await bench.booted(spec, 2)
    },
  },
  {
    name: 'pause: a paused guest stays paused over a restart of the driver, and goes on where it was',
    skip: without('pause'),
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.pause?.pause(spec, bench.control())
      await bench.restart()
      await bench.expect(spec, 'paused')
      await bench.driver.pause?.unpause(spec, bench.control())
      await bench.expect(spec, 'on')
      if (bench.fixture.guest.bootMarker !== undefined && bench.driver.console !== undefined)
        assert.equal(await bench.boots(spec), 1, 'it booted anew')
    },
  },
  {
    name: 'suspend: a suspended guest survives a restart of the driver, and goes on where it was',
    skip: without('suspend'),
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.suspend?.suspend(spec, bench.control())
      await bench.restart()
      await bench.expect(spec, 'suspended')
      await bench.driver.suspend?.resume(spec, bench.control())
      await bench.expect(spec, 'on')
      if (bench.fixture.guest.bootMarker !== undefined && bench.driver.console !== undefined)
        assert.equal(await bench.boots(spec), 1, 'it booted anew')
    },
  },
  {
    name: 'resize: from then on its spec is the new one, over a restart and back, and its guest boots',
    skip: without('resize'),
    run: async (bench) => {
      const spec = await bench.present()
      for (let again = 0; again < 2; again++) await resized(bench, larger(spec))
      await expectError(bench.driver.ensurePresent(spec, bench.control()), 'CONFLICT', 'none')
      await bench.restart()
      await bench.driver.ensurePresent(larger(spec), bench.control())
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      if (bench.fixture.guest.bootMarker !== undefined && bench.driver.console !== undefined)
        await bench.booted(spec, 1)
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      await resized(bench, spec)
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'resize: what a disk was made of is settled: also a spec that does not say it keeps its content',
    skip: without('resize'),
    run: async (bench) => {
      const spec = await bench.present()
      const unsaid = larger(spec).disks.map((disk) => ({ ...disk, source: { kind: 'blank' } }) as const)
      await resized(bench, { ...larger(spec), disks: unsaid })
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      if (bench.fixture.guest.bootMarker !== undefined && bench.driver.console !== undefined)
        await bench.booted(spec, 1)
      else await bench.expect(spec, 'on')
    },
  },
  {
    name: 'resize: neither a running guest, nor one with other disks, nor one that is not there, without effect',
    skip: without('resize'),
    run: async (bench) => {
      const spec = await bench.running()
      await expectError(resized(bench, larger(spec)), 'WRONG_STATE', 'none')
      await bench.expect(spec, 'on')
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      const blank = { id: 'blank-0', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 } as const
      const other = { ...spec, disks: [...spec.disks, blank] }
      await expectError(resized(bench, other), 'CONFLICT', 'none')
      await bench.driver.ensurePresent(spec, bench.control())
      const unknown = await bench.spec()
      await expectError(resized(bench, unknown), 'NOT_FOUND', 'none')
      await bench.expect(unknown, null)
    },
  },
  {
    name: 'rescue: boots with one disk more, survives a restart, and is what it was afterwards',
    skip: without('rescue'),
    run: async (bench) => {
      const spec = await bench.present()
      const { ref } = await bench.newImage()
      for (let again = 0; again < 2; again++) await bench.driver.rescue?.rescue(spec, ref, bench.control())
      const disks = ['rescue', ...spec.disks.map(({ id }) => id)].sort()
      assert.deepEqual(await bench.observe(spec), { guests: 1, power: 'off', disks })
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      await bench.booted(spec, 1)
      await bench.restart()
      assert.deepEqual(await bench.observe(spec), { guests: 1, power: 'on', disks })
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      for (let again = 0; again < 2; again++) await bench.driver.rescue?.unrescue(spec, bench.control())
      await bench.expect(spec, 'off')
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      await bench.booted(spec, 2)
      await bench.expect(spec, 'on')
    },
  },
  {
    name: 'rescue: as each device that it offers, with the disk behind the guest’s own; UNSUPPORTED, without effect, as another',
    skip: without('rescue'),
    run: async (bench) => {
      const spec = await bench.present()
      const { ref } = await bench.newImage()
      const disks = ['rescue', ...spec.disks.map(({ id }) => id)].sort()
      for (const kind of ['disk', 'cdrom'] as const) {
        for (const bus of [undefined, ...diskBuses]) {
          const as = bus === undefined ? { kind } : { kind, bus }
          const rescue = async (): Promise<void> => bench.driver.rescue?.rescue(spec, { ...ref, as }, bench.control())
          if (!offersRescueDevice(bench.driver.capabilities(), as)) {
            await expectError(rescue(), 'UNSUPPORTED', 'none')
            await bench.expect(spec, 'off')
            continue
          }
          await rescue()
          await bench.driver.setPower(spec, 'on', {}, bench.control())
          assert.deepEqual(await bench.observe(spec), { guests: 1, power: 'on', disks }, `${kind} ${bus ?? ''}`)
          await bench.driver.setPower(spec, 'off', {}, bench.control())
          await bench.driver.rescue?.unrescue(spec, bench.control())
          await bench.expect(spec, 'off')
        }
      }
    },
  },
  {
    name: 'rescue: of neither a running guest nor one that is not there, without effect; removing it leaves nothing',
    skip: without('rescue'),
    run: async (bench) => {
      const spec = await bench.running()
      const { ref } = await bench.newImage()
      const rescue = async (of: VmSpec): Promise<void> => bench.driver.rescue?.rescue(of, ref, bench.control())
      await expectError(rescue(spec), 'WRONG_STATE', 'none')
      const back = async (): Promise<void> => bench.driver.rescue?.unrescue(spec, bench.control())
      await expectError(back(), 'WRONG_STATE', 'none')
      await bench.expect(spec, 'on')
      await expectError(rescue(await bench.spec()), 'NOT_FOUND', 'none')
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      await rescue(spec)
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
  {
    name: 'setAdminPassword: the newest opens the guest, no other does, and a restart of guest and driver changes nothing',
    skip: withoutAgent,
    run: async (bench) => {
      const { fixture } = bench
      const spec = await bench.runningWithAgent()
      const opens = async (password: string): Promise<boolean | undefined> =>
        fixture.isAdminPassword?.(spec.instanceId, password)
      for (const password of ['first', 'second', 'second', 'third: $\'"; ü']) {
        await bench.driver.setAdminPassword?.set(spec, password, bench.control())
        assert.notEqual(await opens(password), false, `it is not ${password}`)
        await bench.expect(spec, 'on')
      }
      assert.notEqual(await opens('second'), true, 'an older one still opens it')
      await bench.restart()
      if (fixture.agentGuest?.keepsPassword !== false) await bench.driver.setPower(spec, 'reset', {}, bench.control())
      assert.notEqual(await opens('third: $\'"; ü'), false, 'it is forgotten')
    },
  },
  {
    name: 'setAdminPassword: of neither a guest that is off nor one that is not there',
    skip: without('setAdminPassword'),
    run: async (bench) => {
      const set = async (spec: VmSpec): Promise<void> =>
        bench.driver.setAdminPassword?.set(spec, 'secret', bench.control())
      await expectError(set(await bench.present()), 'WRONG_STATE', 'none')
      await expectError(set(await bench.spec()), 'NOT_FOUND', 'none')
    },
  },
  {
    name: 'remoteConsole: a vnc stream is an RFB server without a password, several at once, and ends with its guest',
    skip: (bench) => withoutConsole(bench, 'vnc'),
    run: async (bench) => {
      const spec = await bench.running()
      const viewers = [await openConsole(bench, spec, 'vnc'), await openConsole(bench, spec, 'vnc')]
      for (const viewer of viewers) {
        assert.match((await viewer.take(12)).toString('latin1'), /^RFB 003\.00[38]\n$/)
        viewer.stream.write('RFB 003.008\n')
        const [count = 0] = await viewer.take(1)
        assert.ok((await viewer.take(count)).includes(1), 'it offers to do without a password')
        viewer.stream.write(Buffer.from([1]))
        assert.deepEqual([...(await viewer.take(4))], [0, 0, 0, 0])
        viewer.stream.write(Buffer.from([1]))
        assert.equal((await viewer.take(24)).length, 24)
      }
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      await Promise.all(viewers.map((viewer) => viewer.ended()))
    },
  },
  {
    name: 'remoteConsole: of a serial console the newest stream has it, and it ends with its guest',
    skip: (bench) => withoutConsole(bench, 'serial'),
    run: async (bench) => {
      const spec = await bench.running()
      const first = await openConsole(bench, spec, 'serial')
      const second = await openConsole(bench, spec, 'serial')
      await first.ended()
      second.stream.write(typed)
      if (bench.fixture.guest.echoes === true) await second.takeUntil(typed.trim())
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      await second.ended()
    },
  },
  {
    name: 'remoteConsole: of neither a guest that is off nor one that is not there',
    skip: without('remoteConsole'),
    run: async (bench) => {
      const { remoteConsole } = bench.driver
      for (const kind of remoteConsole?.kinds ?? []) {
        const open = async (spec: VmSpec): Promise<void> => void (await remoteConsole?.open(spec, kind))
        await expectError(open(await bench.present()), 'WRONG_STATE', 'none')
        await expectError(open(await bench.spec()), 'NOT_FOUND', 'none')
      }
    },
  },
  {
    name: 'stats: a running guest has sane numbers, and its disks have their ids',
    skip: without('stats'),
    run: async (bench) => {
      const spec = await bench.running()
      const stats = await bench.driver.stats?.read(spec)
      assert.ok(stats && stats.cpuTimeNs >= 0 && stats.memoryBytes >= 0)
      if (stats.vcpuTimesNs !== undefined) assert.equal(stats.vcpuTimesNs.length, spec.vcpus)
      assert.deepEqual(
        stats.disks.map(({ id }) => id),
        spec.disks.map(({ id }) => id),
      )
    },
  },
  {
    name: 'stats: of neither a guest that is off nor one that is not there',
    skip: without('stats'),
    run: async (bench) => {
      const read = async (spec: VmSpec): Promise<void> => void (await bench.driver.stats?.read(spec))
      await expectError(read(await bench.present()), 'WRONG_STATE', 'none')
      await expectError(read(await bench.spec()), 'NOT_FOUND', 'none')
    },
  },
])
