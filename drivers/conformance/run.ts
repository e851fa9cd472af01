/** Runs the checks against one driver, one after the other, and says how each went. */
import { Bench } from './bench.ts'
import type { Check } from './check.ts'
import type { ConformanceTarget } from './fixture.ts'
import { offerOf, type Offer } from './offer.ts'
import { checks } from './suites/index.ts'

export interface RunOptions {
  /** Sweeps try every moment. */
  readonly full?: boolean
  readonly select?: (check: Check) => boolean
  /** Ends the run after the check that is under way. */
  readonly signal?: AbortSignal
  readonly onResult?: (result: CheckResult) => void
}

export type Outcome = 'pass' | 'fail' | 'skip'

export interface CheckResult {
  readonly check: Check
  readonly outcome: Outcome
  /** Why it failed or was skipped. */
  readonly reason?: string
  readonly ms: number
}

export interface ConformanceRun {
  readonly offer: Offer
  readonly results: readonly CheckResult[]
}

export async function runConformance(target: ConformanceTarget, options: RunOptions = {}): Promise<ConformanceRun> {
  const fixture = await target.makeFixture()
  try {
    const bench = new Bench(target.plugin, fixture, options)
    await bench.open()
    const offer = offerOf(bench.driver)
    const results: CheckResult[] = []
    for (const check of checks.filter(options.select ?? (() => true))) {
      if (options.signal?.aborted === true) break
      const result = await runCheck(check, bench)
      results.push(result)
      options.onResult?.(result)
    }
    return { offer, results }
  } finally {
    await fixture.dispose()
  }
}

/** Never throws: a failure is a result, and the next check starts clean. */
export async function runCheck(check: Check, bench: Bench): Promise<CheckResult> {
  const startedAt = performance.now()
  const result = (outcome: Outcome, reason?: string): CheckResult => ({
    check,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ms: Math.round(performance.now() - startedAt),
  })
  const skipped = check.skip?.(bench)
  if (skipped !== undefined) return result('skip', skipped)
  // A driver that waits for nothing the event loop knows of would end the process without a word.
  const keepAlive = setInterval(() => undefined, 60_000)
  try {
    await check.run(bench)
    await bench.cleanUp()
    return result('pass')
  } catch (error) {
    await bench.recover()
    return result('fail', error instanceof Error ? error.message : String(error))
  } finally {
    clearInterval(keepAlive)
  }
}

export function titleOf({ rule, name }: Check): string {
  return `rule ${rule}: ${name}`
}
