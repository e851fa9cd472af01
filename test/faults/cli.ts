/**
 * npm run test:faults -- [--seed N] [--short] [--only NAME]…: strikes at everything that can fail, and looks whether what
 * was promised still holds. Ends with a table and the number of violations; the status is 1 when there is one.
 */
import { parseArgs } from 'node:util'
import { reportFaults, runCampaigns } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (!Number.isSafeInteger(seed) || seed < 0) {
  console.error('faults: --seed takes a whole number')
  process.exit(2)
}
const tallies = await runCampaigns({ seed, isShort: values.short, only: values.only, say: (text) => console.log(text) })
console.log(reportFaults(tallies))
process.exit(tallies.some(({ violations }) => violations.length > 0) ? 1 : 0)
