/**
 * `npm run bench:disk [-- --json FILE] [--rounds N] [--dir DIR] [--only CASE,CASE]`: the disk engine beside qemu-img on the
 * same disk in the same run, in turns, both as whole processes that end with their output on the disk (fsync). Prints the
 * rows of the table in SPECIFICATION.md, then times and sizes. Never a test.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCases } from './bench-disk/cases.ts'
import type { BenchCase } from './bench-disk/cases.ts'
import { makeBenchDisk } from './bench-disk/make-disk.ts'
import { measureProcess } from './bench-disk/measure-process.ts'
import type { ProcessFigures } from './bench-disk/measure-process.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    dir: { type: 'string', default: tmpdir() },
    only: { type: 'string' },
  },
})
const widths = [22, 4, 17, 11, 6] as const
const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
const tableHead = `${tableRow(['case', 'goal', 'ratio, in-process', 'CPU seconds', 'peak'])}
| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
const polyvisor = join(import.meta.dirname, '..', 'bin', 'polyvisor')
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
const rounded = (number: number): number => Number(number.toFixed(3))

const folder = await mkdtemp(join(values.dir, 'polyvisor-bench-disk-'))
const results: Result[] = []
try {
  const raw = join(folder, 'disk.raw')
  console.log('making a disk of 4 GiB …')
  const dataBytes = await makeBenchDisk(raw)
  console.log(`${(dataBytes / 1024 ** 2).toFixed(0)} MiB of data; ${values.rounds} rounds; medians\n`)
  console.log(tableHead)
  const only = values.only?.split(',')
  for (const benchCase of benchCases.filter(({ name }) => only === undefined || only.includes(name))) {
    const result = await measureCase(benchCase, raw)
    results.push(result)
    console.log(renderRow(result, benchCase.goal))
  }
  console.log(`\n${results.map(renderTimes).join('\n')}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)

type Result = Awaited<ReturnType<typeof measureCase>>

async function measureCase({ name, input, qemu, ours }: BenchCase, raw: string) {
  const source = input === undefined ? raw : join(folder, 'source')
  const output = join(folder, 'output')
  if (input !== undefined) await measureProcess('qemu-img', ['convert', ...input, raw, source])
  const rounds: { readonly ours: ProcessFigures; readonly qemu: ProcessFigures; readonly sizes: readonly number[] }[] =
    []
  for (let round = 0; round < Number(values.rounds); round++) {
    const qemuFigures = await measureProcess('qemu-img', ['convert', '-t', 'writeback', ...qemu, source, output])
    const qemuBytes = (await stat(output)).size
    await rm(output)
    const figures = await measureProcess(polyvisor, ['disk', 'convert', '--json', ...ours, source, output])
    const sizes = [(await stat(output)).size, qemuBytes]
    if (round === 0)
      await measureProcess('qemu-img', [
        'compare',
        '-f',
        'raw',
        '-F',
        ours[ours.indexOf('-O') + 1]?.replace('vhd', 'vpc') ?? 'raw',
        raw,
        output,
      ])
    await rm(output)
    rounds.push({ ours: figures, qemu: qemuFigures, sizes })
  }
  if (input !== undefined) await rm(source)
  const [ourBytes = 0, qemuBytes = 1] = rounds[0]?.sizes ?? []
  const of = (pick: (round: (typeof rounds)[number]) => number): number => rounded(median(rounds.map(pick)))
  return {
    case: name,
    seconds: of((round) => round.ours.seconds),
    qemuSeconds: of((round) => round.qemu.seconds),
    ratio: of((round) => round.qemu.seconds / round.ours.seconds),
    inProcessRatio: of((round) => round.qemu.seconds / secondsInside(round.ours)),
    cpuSeconds: of((round) => round.ours.cpuSeconds),
    qemuCpuSeconds: of((round) => round.qemu.cpuSeconds),
    peakMb: of((round) => round.ours.peakMb),
    sizeRatio: rounded(ourBytes / qemuBytes),
  }
}

/** What the conversion itself took, without the start of the process. */
function secondsInside({ stdout }: ProcessFigures): number {
  return (JSON.parse(stdout) as { seconds: number }).seconds
}

function renderRow(
  { case: name, ratio, inProcessRatio, cpuSeconds, qemuCpuSeconds, peakMb }: Result,
  goal: number,
): string {
  const cells = [
    `\`${name}\``,
    String(goal),
    `${ratio.toFixed(2)}, ${inProcessRatio.toFixed(2)}`,
    `${cpuSeconds.toFixed(1)}, ${qemuCpuSeconds.toFixed(1)}`,
    `${peakMb} MB`,
  ]
  return tableRow(cells)
}

function renderTimes({ case: name, seconds, qemuSeconds, sizeRatio }: Result): string {
  return `${name.padEnd(widths[0])} ${seconds.toFixed(2)} s, qemu-img ${qemuSeconds.toFixed(2)} s; the result is ${sizeRatio} times as large`
}
