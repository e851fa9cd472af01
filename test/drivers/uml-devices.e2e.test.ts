/** Attach and detach with real User-Mode Linux guests: what they themselves see of it. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { VmRecord } from '../../drivers/uml/vm-record.ts'
import type { DiskSpec, NicSpec, VmSpec } from '../../src/driver/index.ts'
import { hashSpec } from '../../src/driver/hash-spec.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { makeControl, processesNaming } from './qemu-fixture.ts'
import { ask, makeHeldProgram, makeUmlSpec } from './uml-fixture.ts'
import { startUmlGuest, waitForBoots, useUmlMachine } from './uml-fixture.ts'

const blank = (id: string, mib: number): DiskSpec => ({ id, source: { kind: 'blank' }, sizeBytes: mib * 1024 ** 2 })
const withDisks = (spec: VmSpec, ...more: readonly DiskSpec[]): VmSpec => ({ ...spec, disks: [...spec.disks, ...more] })
const [first, second, third] = [blank('first', 1), blank('second', 2), blank('third', 3)]

describe('disks of User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  const uml = useUmlMachine()

  /** Waits until the guest has these disks, with their sizes in KiB. */
  const sees = async (spec: VmSpec, ...wanted: readonly string[]): Promise<void> => {
    const lines = 'while read a b size name; do case $name in ubd*) echo $name=$size;; esac; done'
    const isThat = (printed: string): boolean => printed.trim() === wanted.join(' ')
    await ask(uml.driver, spec, `echo $(cat /proc/partitions | ${lines} | busybox sort)`, isThat)
  }
  const folderOf = ({ instanceId }: VmSpec): string => join(uml.machine.stateDir, 'instances', instanceId)

  test('each keeps its place in the guest, whatever comes and goes, and over a cold start', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    const two = withDisks(spec, first, second)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.disks.attach(one, 'first', makeControl()) // it has not come up yet
    await uml.driver.disks.attach(two, 'second', makeControl())
    await sees(spec, 'ubda=8192', 'ubdb=1024', 'ubdc=2048')
    await uml.driver.disks.detach(two, 'first', makeControl())
    await sees(spec, 'ubda=8192', 'ubdc=2048')
    assert.deepEqual(
      (await readdir(folderOf(spec))).filter((name) => name.includes('first')),
      [],
    )
    await uml.driver.setPower(spec, 'reset', {}, makeControl())
    await waitForBoots(uml.driver, spec, 2)
    await sees(spec, 'ubda=8192', 'ubdc=2048')
    const now = withDisks(spec, second)
    await uml.driver.disks.attach(withDisks(now, third), 'third', makeControl())
    await sees(spec, 'ubda=8192', 'ubdb=3072', 'ubdc=2048')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('one that the guest has open stays, BUSY, until it lets go', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.disks.attach(one, 'first', makeControl())
    await ask(uml.driver, spec, 'exec 9</dev/ubdb')
    await assert.rejects(uml.driver.disks.detach(one, 'first', makeControl()), { code: 'BUSY', effect: 'none' })
    await uml.driver.ensurePresent(one, makeControl())
    await sees(spec, 'ubda=8192', 'ubdb=1024')
    await ask(uml.driver, spec, 'exec 9<&-')
    await uml.driver.disks.detach(one, 'first', makeControl())
    await sees(spec, 'ubda=8192')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a disk of an image comes and goes too', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const [root] = spec.disks
    assert.ok(root)
    const one = withDisks(spec, { id: 'more', source: root.source, sizeBytes: 12 * 1024 ** 2 })
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.disks.attach(one, 'more', makeControl([uml.machine.image]))
    await sees(spec, 'ubda=8192', 'ubdb=12288')
    const mounted = await ask(uml.driver, spec, 'mount -t ext2 -o ro /dev/ubdb /mnt && ls /mnt/etc')
    assert.match(mounted, /inittab/)
    await assert.rejects(uml.driver.disks.detach(one, 'more', makeControl()), { code: 'BUSY', effect: 'none' })
    await ask(uml.driver, spec, 'busybox umount /dev/ubdb')
    for (let again = 0; again < 2; again++) await uml.driver.disks.detach(one, 'more', makeControl())
    await sees(spec, 'ubda=8192')
    assert.deepEqual(
      (await readdir(folderOf(spec))).filter((name) => name.includes('more')),
      [],
    )
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a guest that boots anew by itself gets its disks again', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    const stop = new AbortController()
    const watch = (async () => {
      for await (const { instanceId } of uml.driver.events(stop.signal)) assert.equal(instanceId, spec.instanceId)
    })()
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.disks.attach(one, 'first', makeControl())
    await ask(uml.driver, spec, 'reboot')
    await waitForBoots(uml.driver, spec, 2)
    await sees(spec, 'ubda=8192', 'ubdb=1024')
    stop.abort()
    await watch
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('cut short after the record: the same call gives it, detach takes it, and neither leaves a file', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    const stop = new AbortController()
    const control = { ...makeControl([], stop.signal), checkpoint: async () => stop.abort() }
    await assert.rejects(uml.driver.disks.attach(one, 'first', control), { code: 'CANCELLED', effect: 'none' })
    assert.ok(!existsSync(join(folderOf(spec), 'first.raw')))
    await uml.driver.ensurePresent(spec, makeControl())
    await uml.driver.disks.attach(one, 'first', makeControl())
    await sees(spec, 'ubda=8192', 'ubdb=1024')
    await uml.driver.disks.detach(one, 'first', makeControl())
    await sees(spec, 'ubda=8192')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a disk that came back by the command line is BUSY, partial, with its file, until the guest lets go', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    await startUmlGuest(uml.driver, one, uml.machine.image)
    await sees(spec, 'ubda=8192', 'ubdb=1024')
    await ask(uml.driver, spec, 'exec 9</dev/ubdb')
    // As after a detach in which the guest booted anew by itself before the record was written.
    const recordFile = join(folderOf(spec), 'vm.json')
    const record = JSON.parse(await readFile(recordFile, 'utf8')) as VmRecord
    const disks = record.disks.filter(({ id }) => id !== 'first')
    await writeFile(recordFile, JSON.stringify({ ...record, disks, specHash: hashSpec(spec) }))
    await assert.rejects(uml.driver.disks.detach(one, 'first', makeControl()), { code: 'BUSY', effect: 'partial' })
    assert.ok(existsSync(join(folderOf(spec), 'first.raw')))
    await ask(uml.driver, spec, 'exec 9<&-')
    await uml.driver.disks.detach(one, 'first', makeControl())
    assert.ok(!existsSync(join(folderOf(spec), 'first.raw')))
    await sees(spec, 'ubda=8192')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('rescued, nothing is attached; a rescue that is cancelled leaves no disk', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const one = withDisks(spec, first)
    await uml.driver.ensurePresent(spec, makeControl([uml.machine.image]))
    const stop = new AbortController()
    const cancelled = makeControl([uml.machine.image], stop.signal)
    const late = { ...cancelled, progress: ({ phase }: { phase: string }) => phase === 'prepare-disks' && stop.abort() }
    await assert.rejects(uml.driver.rescue.rescue(spec, uml.machine.image.ref, late), {
      code: 'CANCELLED',
      effect: 'none',
    })
    assert.deepEqual((await readdir(folderOf(spec))).sort(), ['root.cow', 'vm.json'])
    await uml.driver.rescue.rescue(spec, uml.machine.image.ref, makeControl([uml.machine.image]))
    await assert.rejects(uml.driver.disks.attach(one, 'first', makeControl()), { code: 'WRONG_STATE', effect: 'none' })
    await uml.driver.rescue.unrescue(spec, makeControl())
    await uml.driver.disks.attach(one, 'first', makeControl())
    await uml.driver.rescue.rescue(one, uml.machine.image.ref, makeControl([uml.machine.image]))
    await uml.driver.setPower(spec, 'on', {}, makeControl())
    await sees(spec, 'ubda=4096', 'ubdb=8192', 'ubdc=1024')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })
})

describe('NICs of User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  const uml = useUmlMachine()

  const nic = (id: string, last: string): NicSpec => ({
    id,
    macAddress: `52:54:00:6f:76:${last}`,
    network: { kind: 'none' },
  })
  const withNics = (spec: VmSpec, ...nics: readonly NicSpec[]): VmSpec => ({ ...spec, nics })
  /** Waits until the guest has these NICs. */
  const sees = async (spec: VmSpec, ...wanted: readonly NicSpec[]): Promise<void> => {
    const isThat = (printed: string): boolean =>
      [...printed.matchAll(/ether ([0-9a-f:]{17})/g)].map(([, mac]) => mac).join() ===
      wanted.map(({ macAddress }) => macAddress).join()
    await ask(uml.driver, spec, 'busybox ip link', isThat)
  }
  const switchesOf = ({ instanceId }: VmSpec): readonly string[] =>
    processesNaming(`umid=${instanceId} `).filter((commandLine) => commandLine.startsWith('uml_switch '))
  const untilSwitches = (spec: VmSpec, count: number): Promise<true> =>
    waitUntil(`${count} switches`, () => (switchesOf(spec).length === count ? true : undefined))
  const [one, two, three] = [nic('one', '01'), nic('two', '02'), nic('three', '03')]

  test('a guest has its NICs when it boots; they lead nowhere, not to one another either', async () => {
    const spec = withNics(await makeUmlSpec(uml.driver, uml.machine), one, two)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await sees(spec, one, two)
    for (const command of ['link set eth0 up', 'link set eth1 up', 'addr add 10.9.8.1/24 dev eth0'])
      await ask(uml.driver, spec, `busybox ip ${command}`)
    const printed = await ask(uml.driver, spec, 'busybox arping -c 2 -w 3 -I eth0 10.9.8.2; cat /proc/net/dev')
    /** Of bytes, packets, … received, and from the ninth on sent. */
    const counted = (name: string): readonly string[] =>
      new RegExp(`${name}:(.*)`).exec(printed)?.[1]?.trim().split(/\s+/) ?? []
    assert.notEqual(counted('eth0')[8], '0')
    assert.equal(counted('eth1')[0], '0')
    assert.equal(switchesOf(spec).length, 2)
    await uml.driver.setPower(spec, 'off', {}, makeControl())
    assert.deepEqual(switchesOf(spec), [])
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('they come and go while it runs, each at its place, and over a cold start; one in use stays, BUSY', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const both = withNics(spec, one, two)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.nics.attach(withNics(spec, one), 'one', makeControl()) // it has not come up yet
    await uml.driver.nics.attach(both, 'two', makeControl())
    await sees(spec, one, two)
    await ask(uml.driver, spec, 'busybox ip link set eth0 up')
    await assert.rejects(uml.driver.nics.detach(both, 'one', makeControl()), { code: 'BUSY', effect: 'none' })
    await sees(spec, one, two)
    await ask(uml.driver, spec, 'busybox ip link set eth0 down')
    await uml.driver.nics.detach(both, 'one', makeControl())
    await sees(spec, two)
    await untilSwitches(spec, 1)
    await uml.driver.setPower(spec, 'reset', {}, makeControl())
    await sees(spec, two)
    await ask(uml.driver, spec, 'busybox ip link show eth1', (printed) => printed.includes(two.macAddress))
    await uml.driver.nics.attach(withNics(spec, two, three), 'three', makeControl())
    await sees(spec, two, three)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('no switch outlives its guest, whichever of them is killed; a guest without one has it again after a boot', async () => {
    const spec = withNics(await makeUmlSpec(uml.driver, uml.machine), one)
    const stop = new AbortController()
    const watch = (async () => {
      for await (const { instanceId } of uml.driver.events(stop.signal)) assert.equal(instanceId, spec.instanceId)
    })()
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.nics.attach(withNics(spec, one, two), 'two', makeControl())
    assert.equal(switchesOf(spec).length, 2)
    for (const pid of await pidsNaming('uml_switch', spec)) process.kill(pid, 'SIGKILL')
    await untilSwitches(spec, 0)
    assert.equal((await uml.driver.get(spec))?.power, 'on')
    await waitForBoots(uml.driver, spec, 1)
    await ask(uml.driver, spec, 'reboot')
    await waitForBoots(uml.driver, spec, 2)
    await sees(spec, one, two)
    assert.equal(switchesOf(spec).length, 2)
    const [main] = await pidsNaming('linux.uml', spec)
    assert.ok(main !== undefined)
    process.kill(main, 'SIGKILL')
    await untilSwitches(spec, 0)
    const isNothingLeft = (): true | undefined =>
      processesNaming(`umid=${spec.instanceId} `).length === 0 ? true : undefined
    await waitUntil('the end of all that the guest had', isNothingLeft)
    stop.abort()
    await watch
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('what is at the place of a new NIC goes first, whose ever it was', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    const recordFile = join(uml.machine.stateDir, 'instances', spec.instanceId, 'vm.json')
    const before = await readFile(recordFile)
    await uml.driver.nics.attach(withNics(spec, one), 'one', makeControl())
    await sees(spec, one)
    await writeFile(recordFile, before)
    await uml.driver.nics.attach(withNics(spec, two), 'two', makeControl())
    await sees(spec, two)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a look at a guest beside a detach does not give it again what is taken', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await uml.driver.nics.attach(withNics(spec, one), 'one', makeControl())
    const held = await makeHeldProgram()
    const stop = new AbortController()
    const watch = (async () => {
      for await (const { instanceId } of uml.driver.events(stop.signal)) assert.equal(instanceId, spec.instanceId)
    })()
    try {
      // The record has been read by then, and nothing is given yet.
      await held.hold(`${spec.instanceId}/mconsole proc partitions`, 'next')
      await held.untilHeld()
      await uml.driver.nics.detach(withNics(spec, one), 'one', makeControl())
    } finally {
      await held.dispose()
      stop.abort()
      await watch
    }
    await sees(spec)
    await uml.driver.nics.attach(withNics(spec, two), 'two', makeControl())
    await sees(spec, two)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a guest whose kernel takes no NIC holds up the events of no other', async () => {
    const deaf = withNics(await makeUmlSpec(uml.driver, uml.machine), one)
    const other = await makeUmlSpec(uml.driver, uml.machine)
    for (const spec of [deaf, other]) await startUmlGuest(uml.driver, spec, uml.machine.image)
    await waitForBoots(uml.driver, deaf, 1)
    const held = await makeHeldProgram()
    const stop = new AbortController()
    const ended = new Set<string>()
    const watch = (async () => {
      for await (const { instanceId, kind } of uml.driver.events(stop.signal))
        if (kind === 'stopped') ended.add(instanceId)
    })()
    try {
      await held.hold(`${deaf.instanceId}/mconsole config eth0=`, 'all')
      await held.untilHeld()
      const [main] = await pidsNaming('linux.uml', other)
      assert.ok(main !== undefined)
      process.kill(main, 'SIGKILL')
      // Less than for how long the other is asked again and again.
      await waitUntil('its event', () => ended.has(other.instanceId) || undefined, { timeoutMs: 15_000 })
    } finally {
      await held.dispose()
      stop.abort()
      await watch
    }
    for (const spec of [deaf, other]) await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('what is not there is refused: other networks, other cards, a MAC address twice', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const refused: readonly [NicSpec[], string][] = [
      [[{ ...one, network: { kind: 'fixed', address: '10.0.0.5' } }], 'UNSUPPORTED'],
      [[{ ...one, model: 'virtio' }], 'UNSUPPORTED'],
      [[{ ...one, macAddress: '53:54:00:6f:76:01' }], 'INVALID_SPEC'],
      [[one, { ...two, macAddress: one.macAddress }], 'INVALID_SPEC'],
    ]
    for (const [nics, code] of refused)
      await assert.rejects(uml.driver.ensurePresent({ ...spec, nics }, makeControl()), { code, effect: 'none' })
  })
})

/** Of the guest's processes, oldest first. */
async function pidsNaming(program: string, { instanceId }: VmSpec): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-eo', 'pid=,args=', '--sort=start_time'])
  const lines = stdout.split('\n').map((line) => line.trim().split(' '))
  return lines
    .filter(([, file = '', ...args]) => file.endsWith(program) && args.includes(`umid=${instanceId}`))
    .map(([pid]) => Number(pid))
}
