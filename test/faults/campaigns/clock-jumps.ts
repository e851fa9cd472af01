/** The machine's clock jumps an hour ahead, or back, at every checkpoint of every saga. */
import type { CheckpointHook } from '../../../src/operations/engine/saga.ts'
import { DatabaseClock } from '../../../src/store/database-clock.ts'
import { scenarios } from '../../operations/saga-scenarios.ts'
import { testEngine } from '../../support/test-database.ts'
import { World } from '../../support/world.ts'
import type { Campaign } from '../campaign.ts'
import { deleteAll, playOut } from '../play-out.ts'

const hourMs = 3_600_000

export const clockCampaign: Campaign = {
  name: 'clock',
  needsEngines: false,
  ownDatabase: false,
  async run(stage) {
    for (const [fault, byMs] of [
      ['clock an hour ahead', hourMs],
      ['clock an hour back', -hourMs],
    ] as const) {
      const tally = stage.tally(fault)
      let offsetMs = 0
      const clocks: DatabaseClock[] = []
      const local = { nowMs: () => Date.now() + offsetMs, monotonicMs: () => performance.now() }
      const hook: CheckpointHook = async () => {
        tally.injected += 1
        offsetMs += byMs
        // What the process does every few seconds: it notices.
        if (stage.random() < 0.5) for (const clock of clocks) await clock.measure()
      }
      const world = await World.make({
        nodes: 3,
        conductors: testEngine === 'postgres' ? 2 : 1,
        engine: { hook },
        callTimes: { resendMs: 1_000, silenceMs: 8_000 },
        async clockFor(db) {
          const clock = await DatabaseClock.start(db, { local, measureEveryMs: 100 })
          clocks.push(clock)
          return clock
        },
      })
      try {
        for (const scenario of scenarios) await tally.holds(scenario.kind, () => playOut(world, scenario))
        await tally.holds('afterwards', () => deleteAll(world))
      } finally {
        await Promise.all(clocks.map((clock) => clock.stop()))
        await world.end()
      }
    }
  },
}
