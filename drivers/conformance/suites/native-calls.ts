/** Rule 3 again, finer: the driver, or its session with the hypervisor, dies after every k-th native call. */
import assert from 'node:assert/strict'
import type { VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { cases, expectDone, skipCase, type CallCase } from '../cases.ts'
import { suite, type Check } from '../check.ts'
import { assertDriverError } from '../expect-error.ts'
import type { Victim } from '../fixture.ts'
import { cannotKill, untilReached } from '../lost-session.ts'

const mostCalls = 500

async function sweep(bench: Bench, known: CallCase, victim: Victim): Promise<void> {
  for (let k = 1, isOver = false; !isOver; k = bench.next(k)) {
    const spec = await known.prepare(bench)
    await bench.reopen(async () => (await bench.fixture.nativeFaults?.open(k, victim)) ?? bench.fixture.open())
    const failure = await known.call(bench.driver, spec, bench.control()).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    isOver = failure === undefined // the call needs fewer native calls than that
    try {
      if (failure === undefined || victim === 'driver') await bench.restart()
      if (failure !== undefined) await goOn(bench, known, spec, victim, failure.error)
      await expectDone(bench, known, spec)
    } catch (error) {
      throw new Error(`the ${victim} died after native call ${k}: ${String(error)}`, { cause: error })
    }
    if (victim === 'session') await bench.restart() // the fault may not have struck yet
    await bench.driver.ensureAbsent(spec, {}, bench.control())
    assert.ok(k < mostCalls, `${known.name} makes more than ${mostCalls} native calls`)
  }
}

async function goOn(bench: Bench, known: CallCase, spec: VmSpec, victim: Victim, error: unknown): Promise<void> {
  if (victim === 'driver') return void (await known.call(bench.driver, spec, bench.control()))
  assertDriverError(error)
  await untilReached(() => known.call(bench.driver, spec, bench.control()))
}

const victims = [
  { victim: 'driver', text: 'is killed' },
  { victim: 'session', text: 'loses its session' },
] as const

export const nativeCallChecks: readonly Check[] = suite(
  'native-calls',
  3,
  victims.flatMap(({ victim, text }) =>
    cases.map((known) => ({
      name: `finishes ${known.name} when it ${text} after any native call`,
      skip: skipCase(known, cannotKill(victim)),
      run: (bench: Bench) => sweep(bench, known, victim),
    })),
  ),
)
