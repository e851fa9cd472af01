/**
 * `npm run bench [-- --size embedded|scaled|both] [--servers N] [--json FILE]`: the figures of SPECIFICATION.md, measured
 * on the machine it runs on with the real service on simulated hosts; reads among N servers (1000, at least 120). Never a
 * test: nothing fails for being slow.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareSizes } from './bench/compare.ts'
import { BenchClient } from './bench/http-client.ts'
import { measured, percentile, type Figure, type Measurement, type Size } from './bench/measurement.ts'
import { measurePick } from './bench/pick.ts'
import { helpersOf, residentMb } from './bench/process-figures.ts'
import { howToGetEngines, startScaledService } from './bench/scaled-service.ts'
import { makeBenchDir, removeBenchDir, startBenchService, type BenchService } from './bench/service.ts'
import { boot, makeSources, measureBoots, measureReads } from './bench/workloads.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    size: { type: 'string', default: 'both' },
    servers: { type: 'string', default: '1000' },
  },
})
const servers = Math.max(120, Number(values.servers) || 1_000)
/** Those that were booted to warm up. */
const alreadyThere = 16
const results: Measurement[] = []

function report(size: Size, figures: readonly Figure[]): void {
  for (const { name, value, unit } of figures)
    console.log(`${size.padEnd(8)} ${name.padEnd(26)} ${String(value).padStart(10)} ${unit}`)
  results.push(...figures.map((figure) => ({ ...figure, size })))
}

async function measureStarts(): Promise<void> {
  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const dataDir = await makeBenchDir()
    const compileCache = join(dataDir, 'compile-cache')
    for (const times of [cold, warm]) {
      const service = await startBenchService({ dataDir, hosts: 1, compileCache })
      times.push(service.startMs)
      await service.stop()
    }
    await removeBenchDir(dataDir)
  }
  report('embedded', [
    measured('start_ms', percentile(warm, 0.5), 'ms'),
    measured('start_cold_ms', percentile(cold, 0.5), 'ms'),
  ])
}

async function measureService(size: Size, service: BenchService, hosts: number): Promise<void> {
  const client = new BenchClient(service.url, await service.token(), 16)
  try {
    const sources = await makeSources(client)
    report(size, await measureBoots(service, client, sources, hosts))
    if (hosts !== 1) return
    const { ids } = await boot(client, sources, servers - alreadyThere, 8)
    report(size, await measureReads(client, ids))
    for (const { name, pid } of service.processes) {
      if (name === 'service') report(size, [measured('main_mb', residentMb(pid), 'MB')])
      const helpers = helpersOf(pid).map((helper) => `${helper.name} ${helper.mb.toFixed(0)} MB`)
      console.log(`${name}: ${residentMb(pid).toFixed(0)} MB; helpers: ${helpers.join(', ') || 'none'}`)
    }
  } finally {
    client.close()
  }
}

async function measureEmbedded(hosts: number): Promise<void> {
  const dataDir = await makeBenchDir()
  const service = await startBenchService({ dataDir, hosts })
  try {
    await measureService('embedded', service, hosts)
  } finally {
    await service.stop()
    await removeBenchDir(dataDir)
  }
}

async function measureScaled(hosts: number): Promise<void> {
  const service = await startScaledService(hosts)
  try {
    await measureService('scaled', service, hosts)
    if (hosts !== 1) return
    const times = [await service.restartApi(), await service.restartApi(), await service.restartApi()]
    report('scaled', [measured('start_ms', percentile(times, 0.5), 'ms')])
  } finally {
    await service.stop()
  }
}

/** @throws Error for a size that there is not */
function sizesOf(text: string): readonly Size[] {
  if (text === 'both') return ['embedded', 'scaled']
  if (text === 'embedded' || text === 'scaled') return [text]
  throw new Error(`--size is ${text}; it must be embedded, scaled or both`)
}

let sizes = sizesOf(values.size)
const install = sizes.includes('scaled') ? howToGetEngines() : undefined
if (install !== undefined) {
  console.error(
    `The scaled size needs PostgreSQL and RabbitMQ, which are not here. This line installs them:\n  ${install}`,
  )
  sizes = sizes.filter((size) => size !== 'scaled')
  if (sizes.length === 0) process.exitCode = 1
}
if (sizes.includes('embedded')) await measureStarts()
// In turn, so that what else the machine does meets both alike.
for (const hosts of [1, 20]) {
  for (const size of sizes) await (size === 'embedded' ? measureEmbedded(hosts) : measureScaled(hosts))
}
if (sizes.includes('embedded')) report('embedded', await measurePick())
for (const line of compareSizes(results)) console.log(line)
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
