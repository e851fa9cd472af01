/** The fault suite, shortened: `npm run test:faults -- --seed N` strikes at every moment. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgresMissing } from '../support/postgres-server.ts'
import { rabbitmqMissing } from '../support/rabbitmq-server.ts'
import { testEngine } from '../support/test-database.ts'
import { campaigns } from './all.ts'
import { reportFaults, runCampaigns } from './run.ts'

const seed = Number(process.env['POLYVISOR_TEST_SEED'] ?? 1)
const isRoot = process.getuid?.() === 0

// Those that start databases of their own strike the same whichever the tests run on: once is enough.
const wanted = campaigns.filter(({ ownDatabase }) => testEngine === 'sqlite' || !ownDatabase)

for (const { name, needsEngines, needsRoot = false } of wanted) {
  const missing = needsEngines ? (postgresMissing() ?? rabbitmqMissing) : false
  const skip = needsRoot && !isRoot ? 'only root can mount a small disk' : missing
  test(`faults: ${name}`, { skip, timeout: 600_000 }, async (t) => {
    const say = (text: string): void => t.diagnostic(text)
    const tallies = await runCampaigns({ seed, isShort: true, only: [name], say })
    t.diagnostic(reportFaults(tallies))
    assert.ok(
      tallies.some(({ injected }) => injected > 0),
      'something was struck',
    )
    assert.deepEqual(
      tallies.flatMap(({ violations }) => violations),
      [],
    )
  })
}
