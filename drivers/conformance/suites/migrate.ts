/** Rule 11: a guest goes to a second host and goes on there; it is never on at both, and what fails leaves it where it was. */
import assert from 'node:assert/strict'
import type { Control, Driver, VmSpec, VmState } from '../../../src/driver/index.ts'
import type { Json } from '../../../src/util/json.ts'
import type { Bench } from '../bench.ts'
import { suite, without, withoutHook, type Check } from '../check.ts'
import { abortAt, momentsOf, within, type Moment } from '../cancel-at.ts'
import { crashAtCheckpoint } from '../crash.ts'
import { cannotKill, untilReached } from '../lost-session.ts'
import { assertDriverError, expectError } from '../expect-error.ts'
import type { Observation, ObservedPower } from '../fixture.ts'

const victims = [
  { victim: 'driver', text: 'killed' },
  { victim: 'session', text: 'its session lost' },
] as const
const mostAnswerBytes = 4096
const mostCalls = 500

function skip(bench: Bench): string | undefined {
  return without('migrate')(bench) ?? withoutHook('destination')(bench)
}

/** A guest on its way: its spec at both ends, and what `prepare` said. */
interface Journey {
  readonly here: VmSpec
  readonly there: VmSpec
  readonly answer: Json
}

async function prepare(bench: Bench, there: VmSpec, control = bench.control()): Promise<Json> {
  const answer = await (await bench.destination.open()).migrate?.prepare(there, control)
  assert.ok(answer !== undefined)
  return answer
}

async function journey(bench: Bench, here: VmSpec): Promise<Journey> {
  const there = await bench.arrivalOf(here)
  return { here, there, answer: await prepare(bench, there) }
}

async function run(
  bench: Bench,
  { here, answer }: Pick<Journey, 'here' | 'answer'>,
  control: Control = bench.control(),
): Promise<void> {
  await bench.driver.migrate?.run(here, answer, control)
}

async function paused(bench: Bench): Promise<VmSpec> {
  const spec = await bench.running()
  await bench.driver.pause?.pause(spec, bench.control())
  return spec
}

/** The second host is looked at first: a guest that is on there is off here from then on. */
async function expectOneSide(bench: Bench, { instanceId }: VmSpec): Promise<void> {
  const there = await bench.destination.observe(instanceId)
  const here = await bench.observe({ instanceId })
  assert.ok(there.power !== 'on' || here.power !== 'on', 'the guest is on at both hosts')
}

async function expectHere(bench: Bench, spec: VmSpec, power: ObservedPower | null): Promise<void> {
  assertSeen('the first host', spec, power, await bench.observe(spec), await bench.driver.get(spec))
}

async function expectThere(bench: Bench, spec: VmSpec, power: ObservedPower | null): Promise<void> {
  const driver = await bench.destination.open()
  const seen = await bench.destination.observe(spec.instanceId)
  assertSeen('the second host', spec, power, seen, await driver.get(spec))
}

/** The observer and the driver agree. */
function assertSeen(
  where: string,
  spec: VmSpec,
  power: ObservedPower | null,
  seen: Observation,
  told: VmState | null,
): void {
  const disks = power === null ? [] : spec.disks.map(({ id }) => id).sort()
  assert.deepEqual(seen, { guests: power === null ? 0 : 1, power, disks }, `what the observer sees at ${where}`)
  assert.equal(told?.power ?? null, power, `what get() says at ${where}`)
}

/** The guest is at the second host and nowhere else. */
async function expectArrived(bench: Bench, { here, there }: Journey, power: ObservedPower): Promise<void> {
  await expectThere(bench, there, power)
  await expectHere(bench, here, 'off')
}

/** The guest is where it was, and the second host is as good as new once it is told so. */
async function expectStayed(bench: Bench, { here, there }: Journey, power: ObservedPower): Promise<void> {
  await expectHere(bench, here, power)
  await (await bench.destination.open()).ensureAbsent(there, {}, bench.control())
  await expectThere(bench, there, null)
}

/** Cancels at a moment of `run`. */
async function cancelAt(bench: Bench, moment: Moment): Promise<void> {
  const trip = await journey(bench, await bench.running())
  const stop = new AbortController()
  const call = run(bench, trip, bench.control(abortAt(stop, moment)))
  const failure = await within(bench, call, stop.signal).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  // It may have switched over by then.
  if (failure === undefined) return expectArrived(bench, trip, 'on')
  assertDriverError(failure.error)
  assert.equal(failure.error.code, 'CANCELLED', failure.error.message)
  await expectStayed(bench, trip, 'on')
}

export const migrateChecks: readonly Check[] = suite('migrate', 11, [
  {
    name: 'migrate: a guest goes on at the second host without a boot, and is its own there',
    skip,
    run: async (bench) => {
      const { driver } = bench
      const trip = await journey(bench, await bench.running())
      assert.ok(JSON.stringify(trip.answer).length <= mostAnswerBytes, 'what prepare answers has at most 4 KiB')
      const destination = await bench.destination.open()
      assert.equal((await destination.get(trip.there))?.power, 'building')
      const before = await bench.boots(trip.here)
      const told: Promise<(VmState | null)[]>[] = []
      const control = bench.control({
        onCheckpoint: () => expectOneSide(bench, trip.here),
        onProgress: () => void told.push(Promise.all([driver.get(trip.here), destination.get(trip.there)])),
      })
      await run(bench, trip, control)
      await expectArrived(bench, trip, 'on')
      const [first] = await Promise.all(told)
      assert.equal(first?.[0]?.isMigrating, true, 'get() at the source while the guest is on its way')
      assert.equal(first[1]?.isMigrating, undefined, 'get() at the destination while the guest is on its way')
      assert.equal((await driver.get(trip.here))?.isMigrating, undefined, 'get() at the source once it has come')
      await driver.ensureAbsent(trip.here, {}, bench.control())
      await expectHere(bench, trip.here, null)
      await expectThere(bench, trip.there, 'on')
      const carried = await bench.boots(trip.there, destination)
      assert.ok(carried <= before, 'the guest was booted anew')
      await destination.setPower(trip.there, 'reset', {}, bench.control())
      if (before > 0) await bench.booted(trip.there, carried + 1, destination)
      assert.ok((await bench.boots(trip.there, destination)) <= carried + 1, 'the guest was booted anew')
    },
  },
  {
    name: 'migrate: a paused guest stays paused, with prepare and run called twice',
    skip: (bench) => skip(bench) ?? without('pause')(bench),
    run: async (bench) => {
      const trip = await journey(bench, await paused(bench))
      assert.deepEqual(await prepare(bench, trip.there), trip.answer)
      await run(bench, trip)
      await run(bench, trip)
      await expectArrived(bench, trip, 'paused')
      await prepare(bench, trip.there)
      await (await bench.destination.open()).pause?.unpause(trip.there, bench.control())
      await expectArrived(bench, trip, 'on')
    },
  },
  {
    name: 'migrate: cancelled before it switched over, the guest goes on where it was',
    skip,
    run: async (bench) => {
      const trip = await journey(bench, await bench.running())
      await expectError(run(bench, trip, bench.control({ signal: AbortSignal.abort() })), 'CANCELLED', 'none')
      await expectStayed(bench, trip, 'on')
      const stopped = prepare(bench, trip.there, bench.control({ signal: AbortSignal.abort() }))
      await expectError(stopped, 'CANCELLED', 'none')
      await expectThere(bench, trip.there, null)
    },
  },
  {
    name: 'migrate: cancelled at any checkpoint or progress, the guest goes on where it was, or has come',
    skip,
    run: async (bench) => {
      const control = bench.control()
      await run(bench, await journey(bench, await bench.running()), control)
      for (const moment of bench.sample(momentsOf(control))) await cancelAt(bench, moment)
    },
  },
  {
    name: 'migrate: a destination that is away, or has nothing prepared, is INCOMPATIBLE and without effect',
    skip,
    run: async (bench) => {
      const trip = await journey(bench, await bench.running())
      await expectStayed(bench, trip, 'on')
      await expectError(run(bench, trip), 'INCOMPATIBLE', 'none')
      await expectHere(bench, trip.here, 'on')
      await expectError(run(bench, { ...trip, answer: { none: 1 } }), 'INCOMPATIBLE', 'none')
      await expectHere(bench, trip.here, 'on')
    },
  },
  {
    name: 'migrate: neither a guest that is off nor one that is not there, and no force without a run',
    skip,
    run: async (bench) => {
      const trip = await journey(bench, await bench.present())
      await expectError(run(bench, trip), 'WRONG_STATE', 'none')
      await expectStayed(bench, trip, 'off')
      const { migrate } = bench.driver
      await expectError(migrate?.forceComplete(trip.here) ?? Promise.resolve(), 'WRONG_STATE', 'none')
      const absent = await journey(bench, await bench.spec())
      await expectError(run(bench, absent), 'NOT_FOUND', 'none')
    },
  },
  {
    name: 'migrate: forced, it comes to its end, and a guest that ran goes on',
    skip,
    run: async (bench) => {
      const trip = await journey(bench, await bench.running())
      let forced: Promise<void> | undefined
      const onProgress = (): void => {
        forced ??= bench.driver.migrate?.forceComplete(trip.here)
      }
      await run(bench, trip, bench.control({ onProgress }))
      assert.ok(forced !== undefined, 'it told no progress')
      await forced
      await expectArrived(bench, trip, 'on')
    },
  },
  {
    name: 'migrate: killed at any checkpoint, the destination is prepared and the guest goes over all the same',
    skip,
    run: async (bench) => {
      const first = await journey(bench, await bench.running())
      const control = bench.control()
      await run(bench, first, control)
      for (const moment of bench.sample(control.checkpoints.map((_, index) => index))) {
        const trip = await journey(bench, await bench.running())
        await bench.destination.restart()
        const cut = { call: async (_driver: Driver, _spec: VmSpec, own: Control) => run(bench, trip, own) }
        assert.ok(await crashAtCheckpoint(bench, cut, trip.here, moment), 'the checkpoint did not come again')
        await expectOneSide(bench, trip.here)
        await run(bench, trip)
        await expectArrived(bench, trip, 'on')
      }
    },
  },
  ...victims.map(({ victim, text }) => ({
    name: `migrate: ${text} after any native call of run, the guest is on at one host alone, and the same call finishes it`,
    skip: (bench: Bench) => skip(bench) ?? cannotKill(victim)(bench),
    run: async (bench: Bench) => {
      for (let k = 1, isOver = false; !isOver; k = bench.next(k)) {
        const trip = await journey(bench, await bench.running())
        await bench.reopen(async () => (await bench.fixture.nativeFaults?.open(k, victim)) ?? bench.fixture.open())
        isOver = await run(bench, trip).then(
          () => true,
          () => false,
        )
        if (isOver || victim === 'driver') await bench.restart()
        await expectOneSide(bench, trip.here)
        const again = (): Promise<void> => run(bench, trip)
        await (victim === 'driver' ? again() : untilReached(again))
        await expectArrived(bench, trip, 'on')
        await bench.driver.ensureAbsent(trip.here, {}, bench.control())
        assert.ok(k < mostCalls, `run makes more than ${mostCalls} native calls`)
      }
    },
  })),
])
