/** Messages dropped, repeated, reordered and delayed, while every saga of the house runs under two conductors. */
import { scenarios } from '../../operations/saga-scenarios.ts'
import { BusTrouble, busFaults, FaultyBus, type BusFault } from '../../support/faulty-bus.ts'
import { World } from '../../support/world.ts'
import type { Campaign, CampaignStage } from '../campaign.ts'
import { deleteAll, playOut } from '../play-out.ts'

const rate = 0.3
const rounds = { short: 1, full: 5 }

export const messagesCampaign: Campaign = {
  name: 'messages',
  needsEngines: false,
  ownDatabase: false,
  async run(stage) {
    for (let round = 0; round < rounds[stage.isShort ? 'short' : 'full']; round += 1) {
      for (const fault of busFaults) await strike(stage, [fault], `message ${fault}`)
    }
    await strike(stage, busFaults, 'message, any of these')
  },
}

async function strike(stage: CampaignStage, faults: readonly BusFault[], what: string): Promise<void> {
  const tally = stage.tally(what)
  const trouble = new BusTrouble(stage.random, faults)
  const world = await World.make({
    nodes: 3,
    conductors: 2,
    wrapBus: (bus) => new FaultyBus(bus, trouble),
    callTimes: { resendMs: 300, silenceMs: 5_000 },
  })
  try {
    for (const scenario of scenarios) {
      trouble.rate = rate
      await tally.holds(scenario.kind, () => playOut(world, scenario))
    }
    trouble.rate = 0
    await tally.holds('afterwards', () => deleteAll(world))
  } finally {
    trouble.rate = 0
    await world.end()
  }
  tally.injected += Object.values(trouble.counts).reduce((sum, count) => sum + count, 0)
  stage.say(`${what}: ${JSON.stringify(trouble.counts)}`)
}
