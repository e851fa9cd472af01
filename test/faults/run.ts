/** Runs campaigns, prints a line per strike and a table at the end. */
import { renderTable } from '../../src/cli/table.ts'
import { campaigns } from './all.ts'
import { seededRandom, Tally } from './campaign.ts'

export interface FaultsOptions {
  readonly seed: number
  readonly isShort: boolean
  /** Names of campaigns; all when absent. */
  readonly only?: readonly string[] | undefined
  readonly say: (text: string) => void
}

/** @returns what was injected and violated, by fault */
export async function runCampaigns({ seed, isShort, only, say }: FaultsOptions): Promise<readonly Tally[]> {
  say(`seed ${seed}`)
  const tallies = new Map<string, Tally>()
  for (const campaign of campaigns.filter(({ name }) => only === undefined || only.includes(name))) {
    // Each draws from the seed anew: one alone strikes as it does among all.
    const random = seededRandom(seed)
    const tally = (fault: string): Tally => {
      const known = tallies.get(fault) ?? new Tally(fault)
      tallies.set(fault, known)
      return known
    }
    await campaign.run({ random, isShort, tally, say }).catch((error: unknown) => {
      tally(campaign.name).violated(
        `the campaign itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
    })
  }
  return [...tallies.values()]
}

/** The table, each violation in words, and the total last. */
export function reportFaults(tallies: readonly Tally[]): string {
  const rows = tallies.map(({ fault, injected, violations }) => [fault, String(injected), String(violations.length)])
  const injected = tallies.reduce((sum, tally) => sum + tally.injected, 0)
  const violations = tallies.flatMap((tally) => tally.violations.map((text) => `${tally.fault}: ${text}`))
  return [
    renderTable(['FAULT', 'INJECTED', 'VIOLATIONS'], rows),
    ...violations.map((text) => `! ${text}`),
    `${injected} faults injected, violations: ${violations.length}`,
  ].join('\n')
}
