/**
 * `npm run bench:drivers [-- --only qemu|uml] [--pairs N] [--starts N] [--json FILE]`: how long the service's event loop stands
 * still while N guests start at once, of QEMU and then of User-Mode Linux. Before that, from POST to the first line of a QEMU
 * guest's console, beside `virsh create` of the same domain to the same line, in turns on the same libvirtd. QEMU's guest is a
 * boot sector, its image is cached. Never a test.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { ParallelStarts } from './bench-drivers/parallel-starts.ts'
import { measureQemu, type Pair } from './bench-drivers/qemu.ts'
import { measureUmlStarts } from './bench-drivers/uml-starts.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    pairs: { type: 'string', default: '20' },
    starts: { type: 'string', default: '100' },
    json: { type: 'string' },
  },
})
const goalMs = 150
const longestGoalMs = 50
const drivers = ['qemu', 'uml']
const { only } = values
if (only !== undefined && !drivers.includes(only))
  throw new Error(`--only is ${only}; it must be ${drivers.join(' or ')}`)
const isWanted = (driver: string): boolean => (only ?? driver) === driver
const guests = Number(values.starts)

const qemu = isWanted('qemu') ? await measureQemu({ pairs: Number(values.pairs), guests }) : undefined
const umlStarts = isWanted('uml') && guests > 0 ? await measureUmlStarts(guests) : undefined
if (qemu !== undefined && qemu.pairs.length > 0) reportPairs(qemu.pairs)
reportStarts('QEMU', qemu?.starts)
reportStarts('User-Mode Linux', umlStarts)
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ qemu, umlStarts }, null, 2)}\n`)

function reportPairs(pairs: readonly Pair[]): void {
  const added = pairs.map(({ serverMs, virshMs }) => serverMs - virshMs)
  const serverMs = rounded(median(pairs.map((pair) => pair.serverMs)))
  const virshMs = rounded(median(pairs.map((pair) => pair.virshMs)))
  console.log(
    `${pairs.length} pairs, medians: POST to the guest's line ${serverMs} ms, virsh create ${virshMs} ms; ` +
      `added ${rounded(median(added))} ms (goal ${goalMs}; ${rounded(Math.min(...added))} to ${rounded(Math.max(...added))})`,
  )
}

function reportStarts(hypervisor: string, starts: ParallelStarts | undefined): void {
  if (starts === undefined) return
  const { guests, ended } = starts
  const endedText = ended === 0 ? '' : `, ${ended} of them ended by themselves`
  console.log(
    `${hypervisor}: ${guests} starts at once${endedText} in ${starts.seconds} s: the event loop was late by ` +
      `${starts.longestMs} ms at most (goal ${longestGoalMs}), 99 % by ${starts.p99Ms} ms`,
  )
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
}

function rounded(ms: number): number {
  return Math.round(ms)
}
