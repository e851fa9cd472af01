/** Every call that changes something, as data: the sweeps (resume, native calls, cancel) run over all of them. */
import assert from 'node:assert/strict'
import {
  rescueDiskId,
  type Control,
  type DiskId,
  type Driver,
  type ImageRef,
  type PowerWant,
  type VmSpec,
} from '../../src/driver/index.ts'
import type { Bench } from './bench.ts'
import { without, withoutAgent } from './check.ts'
import { devices, guestsHold, withoutDevices, type DeviceKind } from './devices.ts'
import type { ObservedPower } from './fixture.ts'

export interface CallCase {
  readonly name: string
  readonly skip?: (bench: Bench) => string | undefined
  /** Brings a VM into the state in which the call is made. */
  readonly prepare: (bench: Bench) => Promise<VmSpec>
  readonly call: (driver: Driver, spec: VmSpec, control: Control) => Promise<unknown>
  /** What is there after it; null: nothing. */
  readonly then: ObservedPower | null
  /** Disks that are there after it beside those of the spec. */
  readonly adds?: readonly DiskId[]
  /** Its guest takes long to come up. */
  readonly isSlow?: (bench: Bench) => boolean
}

export interface Trial<Moment, Way> {
  readonly moment: Moment
  readonly way: Way
}

/** Each moment in each way. Of a slow case a sample tries each moment in one way alone, in turns, where so every way has its turn. */
export function trialsOf<Moment, Way>(
  bench: Bench,
  { isSlow }: CallCase,
  moments: readonly Moment[],
  ways: readonly Way[],
): readonly Trial<Moment, Way>[] {
  const sample = bench.sample(moments)
  const inTurns = !bench.isFull && isSlow?.(bench) === true && sample.length >= ways.length
  return sample.flatMap((moment, index) =>
    ways.filter((_, turn) => !inTurns || turn === index % ways.length).map((way) => ({ moment, way })),
  )
}

/** The observer and the driver agree that the call was made. */
export async function expectDone(bench: Bench, { then, adds }: CallCase, spec: VmSpec): Promise<void> {
  await bench.expect(spec, then, adds)
}

/** A deaf guest must not make the kit wait. */
export const shortGraceMs = 300

function power(want: PowerWant, from: 'off' | 'on', then: ObservedPower): CallCase {
  return {
    name: `setPower ${want}`,
    skip: ({ driver }) => (driver.capabilities().power.includes(want) ? undefined : `the driver has no power ${want}`),
    prepare: (bench) => (from === 'on' ? bench.running() : bench.present()),
    call: (driver, spec, control) => driver.setPower(spec, want, { graceMs: shortGraceMs }, control),
    then,
  }
}

async function running(bench: Bench, turn?: 'pause' | 'suspend'): Promise<VmSpec> {
  const spec = await bench.running()
  if (turn === 'pause') await bench.driver.pause?.pause(spec, bench.control())
  if (turn === 'suspend') await bench.driver.suspend?.suspend(spec, bench.control())
  return spec
}

function attach(kind: DeviceKind): CallCase {
  const { ability, add, attach: call } = kind
  return {
    name: `${ability}.attach while it is on`,
    skip: withoutDevices(kind),
    prepare: async (bench) => add(await bench.running()),
    call: (driver, spec, control) => call(driver, spec, control),
    then: 'on',
  }
}

function detach(kind: DeviceKind, power: 'on' | 'off'): CallCase {
  const { ability, add, attach: give, detach: call } = kind
  return {
    name: `${ability}.detach while it is ${power}`,
    skip: (bench) => withoutDevices(kind)(bench) ?? (power === 'on' ? guestsHold(kind)(bench) : undefined),
    prepare: async (bench) => {
      const spec = power === 'on' ? await bench.runningThatLetsGoOf(ability) : await bench.present()
      await give(bench.driver, add(spec), bench.control())
      return spec
    },
    call: (driver, spec, control) => call(driver, add(spec), control),
    then: power,
    isSlow: ({ fixture }) => power === 'on' && fixture.guest.letsGo?.[ability] === 'agentGuest',
  }
}

/** What the VM was made of: as good to rescue it with as any. */
function imageOf({ disks: [root] }: VmSpec): ImageRef {
  assert.equal(root?.source.kind, 'image')
  return root.source.image
}

async function readSnapshot({ snapshot }: Driver, spec: VmSpec, control: Control): Promise<void> {
  const [format] = snapshot?.formats ?? []
  assert.ok(snapshot && format)
  for await (const _chunk of snapshot.read(spec, { diskId: 'root', format }, control));
}

/** Each kind where it has the most steps; that cold changes of one go as those of the other is for its own suite to show. */
const deviceCases: readonly CallCase[] = [
  attach(devices.disks),
  detach(devices.disks, 'on'),
  detach(devices.disks, 'off'),
  attach(devices.nics),
  detach(devices.nics, 'on'),
]

/** The same VM with more of everything. */
export function larger(spec: VmSpec): VmSpec {
  const disks = spec.disks.map((disk) => ({ ...disk, sizeBytes: disk.sizeBytes * 2 }))
  return { ...spec, vcpus: spec.vcpus + 1, memoryBytes: spec.memoryBytes * 2, disks }
}

export const cases: readonly CallCase[] = [
  {
    name: 'ensurePresent',
    prepare: async (bench) => bench.spec({}, (await bench.newImage()).ref),
    call: (driver, spec, control) => driver.ensurePresent(spec, control),
    then: 'off',
  },
  {
    name: 'ensureAbsent',
    prepare: (bench) => bench.present(),
    call: (driver, spec, control) => driver.ensureAbsent(spec, {}, control),
    then: null,
  },
  {
    name: 'ensureAbsent of a running guest',
    prepare: (bench) => bench.running(),
    call: (driver, spec, control) => driver.ensureAbsent(spec, {}, control),
    then: null,
  },
  power('on', 'off', 'on'),
  power('off', 'on', 'off'),
  power('reset', 'on', 'on'),
  power('soft-off', 'on', 'off'),
  power('soft-reset', 'on', 'on'),
  {
    name: 'pause',
    skip: without('pause'),
    prepare: (bench) => running(bench),
    call: async (driver, spec, control) => driver.pause?.pause(spec, control),
    then: 'paused',
  },
  {
    name: 'unpause',
    skip: without('pause'),
    prepare: (bench) => running(bench, 'pause'),
    call: async (driver, spec, control) => driver.pause?.unpause(spec, control),
    then: 'on',
  },
  {
    name: 'suspend',
    skip: without('suspend'),
    prepare: (bench) => running(bench),
    call: async (driver, spec, control) => driver.suspend?.suspend(spec, control),
    then: 'suspended',
  },
  {
    name: 'resume',
    skip: without('suspend'),
    prepare: (bench) => running(bench, 'suspend'),
    call: async (driver, spec, control) => driver.suspend?.resume(spec, control),
    then: 'on',
  },
  {
    name: 'resize',
    skip: without('resize'),
    prepare: (bench) => bench.present(),
    call: async (driver, spec, control) => driver.resize?.resize(larger(spec), control),
    then: 'off',
  },
  {
    name: 'rescue',
    skip: without('rescue'),
    prepare: (bench) => bench.present(),
    call: async (driver, spec, control) => driver.rescue?.rescue(spec, imageOf(spec), control),
    then: 'off',
    adds: [rescueDiskId],
  },
  {
    name: 'unrescue',
    skip: without('rescue'),
    prepare: async (bench) => {
      const spec = await bench.present()
      await bench.driver.rescue?.rescue(spec, imageOf(spec), bench.control())
      return spec
    },
    call: async (driver, spec, control) => driver.rescue?.unrescue(spec, control),
    then: 'off',
  },
  {
    name: 'snapshot',
    skip: without('snapshot'),
    prepare: (bench) => bench.running(),
    call: readSnapshot,
    then: 'on',
  },
  {
    name: 'setAdminPassword',
    skip: withoutAgent,
    prepare: (bench) => bench.runningWithAgent(),
    call: async (driver, spec, control) => driver.setAdminPassword?.set(spec, 'of the sweep', control),
    then: 'on',
    isSlow: ({ fixture }) => fixture.agentGuest !== undefined && fixture.agentGuest !== null,
  },
  ...deviceCases,
]

/** @param skip reasons that come before the case's own */
export function skipCase(
  known: CallCase,
  skip?: (bench: Bench) => string | undefined,
): (bench: Bench) => string | undefined {
  return (bench) => skip?.(bench) ?? known.skip?.(bench)
}
