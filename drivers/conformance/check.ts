/** One check of the kit: a named object that proves one rule, or a part of one. */
import type { Ability } from '../../src/driver/index.ts'
import type { Bench } from './bench.ts'
import type { RuleNumber } from './rules.ts'

export interface Check {
  readonly rule: RuleNumber
  /** Which file of `suites/` it stands in. */
  readonly suite: string
  /** Completes the sentence "rule N: the driver …". */
  readonly name: string
  /** Why it cannot be tried: an ability that the driver has not, or a hook that the fixture lacks. undefined: it can. */
  readonly skip?: (bench: Bench) => string | undefined
  /** Fails by throwing. What it makes through `bench` is removed afterwards, and must leave nothing behind. */
  readonly run: (bench: Bench) => Promise<void>
}

/** @returns `checks` with the rule and the suite filled in */
export function suite(
  name: string,
  rule: RuleNumber,
  checks: readonly Omit<Check, 'rule' | 'suite'>[],
): readonly Check[] {
  return checks.map((check) => ({ ...check, rule, suite: name }))
}

type Hook = 'readImage' | 'destination' | 'foreign' | 'hold' | 'nativeFaults' | 'lie' | 'meddle'

export function without(ability: Ability | 'events'): (bench: Bench) => string | undefined {
  return ({ driver }) => (driver[ability] === undefined ? `the driver has no ability ${ability}` : undefined)
}

export function withoutAgent({ driver, fixture }: Bench): string | undefined {
  if (driver.setAdminPassword === undefined) return 'the driver has no ability setAdminPassword'
  return fixture.agentGuest === null ? 'no guest with an agent can run' : undefined
}

export function withoutHook(hook: Hook): (bench: Bench) => string | undefined {
  return ({ fixture }) => (fixture[hook] === undefined ? `the fixture has no hook ${hook}` : undefined)
}
