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
  /** How long one check may take. */
  readonly mostMs?: number
  /** Ends the run after the check that is under way. */
  readonly signal?: AbortSignal
  readonly onResult?: (result: CheckResult) => void
}

/** A sweep over all moments of a slow guest takes its time; a driver that answers nothing more is to be told from it. */
const defaultMostMs = 60 * 60_000

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
      const result = await runCheck(check, bench, options.mostMs)
      results.push(result)
      options.onResult?.(result)
    }
    return { offer, results }
  } finally {
    await fixture.dispose()
  }
}

/** Never throws: a failure is a result, and the next check starts clean. */
export async function runCheck(check: Check, bench: Bench, mostMs = defaultMostMs): Promise<CheckResult> {
  const startedAt = performance.now()
  const result = (outcome: Outcome, reason?: string): CheckResult => ({
    check,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ms: Math.round(performance.now() - startedAt),
  })
  const skipped = check.skip?.(bench)
  if (skipped !== undefined) return result('skip', skipped)
  // It also keeps the process: a driver that waits for nothing the event loop knows of would end it without a word.
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`it did not end within ${mostMs} ms`)), mostMs)
  const run = async (): Promise<void> => {
    await check.run(bench)
    await bench.cleanUp()
  }
  try {
    await Promise.race([run(), late.promise])
    return result('pass')
  } catch (error) {
    await bench.recover()
    return result('fail', error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}

export function titleOf({ rule, name }: Check): string {
  return `rule ${rule}: ${name}`
}
