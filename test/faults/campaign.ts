/** The fault suite's words: a campaign strikes in one way, as often as it can, and counts what did not hold afterwards. */

export interface Campaign {
  readonly name: string
  /** Needs PostgreSQL and RabbitMQ. */
  readonly needsEngines: boolean
  /** Its database is its own affair: the switch of the test matrix changes nothing. */
  readonly ownDatabase: boolean
  /** Needs root. */
  readonly needsRoot?: boolean
  run(stage: CampaignStage): Promise<void>
}

export interface CampaignStage {
  /** Draws from 0 to 1, the same numbers for the same seed. */
  readonly random: () => number
  /** Samples instead of all moments. */
  readonly isShort: boolean
  tally(fault: string): Tally
  say(text: string): void
}

const longestText = 1_000

/** How often one fault was injected, and what did not hold after it. */
export class Tally {
  readonly fault: string
  readonly violations: string[] = []
  injected = 0

  constructor(fault: string) {
    this.fault = fault
  }

  violated(text: string): void {
    this.violations.push(text.slice(0, longestText))
  }

  /** Counts what `check` throws as a violation. */
  async holds(where: string, check: () => Promise<unknown>): Promise<void> {
    try {
      await check()
    } catch (error) {
      this.violated(`${where}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

/** mulberry32: small, good enough, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `count` of the items, or all when there are fewer. */
export function sample<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  const rest = [...items]
  return Array.from({ length: Math.min(count, items.length) }, () =>
    rest.splice(Math.floor(random() * rest.length), 1),
  ).flat()
}
