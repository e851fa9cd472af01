/**
 * `npm run bench [-- --json FILE]`: the figures of SPECIFICATION.md, measured on the machine it runs on with the real
 * service on simulated hosts. Never a test: nothing fails for being slow.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BenchClient } from './bench/http-client.ts'
import { measured, percentile, type Measurement } from './bench/measurement.ts'
import { measurePick } from './bench/pick.ts'
import { helpersOf, residentMb } from './bench/process-figures.ts'
import { makeBenchDir, removeBenchDir, startBenchService } from './bench/service.ts'
import { boot, makeSources, measureBoots, measureReads } from './bench/workloads.ts'

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const results: Measurement[] = []

function report(measurements: readonly Measurement[]): void {
  for (const { name, value, unit } of measurements)
    console.log(`${name.padEnd(22)} ${String(value).padStart(10)} ${unit}`)
  results.push(...measurements)
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
  report([measured('start_ms', percentile(warm, 0.5), 'ms'), measured('start_cold_ms', percentile(cold, 0.5), 'ms')])
}

async function measureService(hosts: number): Promise<void> {
  const dataDir = await makeBenchDir()
  const service = await startBenchService({ dataDir, hosts })
  const client = new BenchClient(service.url, await service.token(), 16)
  try {
    const sources = await makeSources(client)
    report(await measureBoots(service, client, sources, hosts))
    if (hosts !== 1) return
    const { ids } = await boot(client, sources, 1_000 - 16, 8)
    report(await measureReads(client, ids))
    report([measured('main_mb', residentMb(service.pid), 'MB')])
    const helpers = helpersOf(service.pid).map(({ name, mb }) => `${name} ${mb.toFixed(0)} MB`)
    console.log(`helper processes: ${helpers.length === 0 ? 'none' : helpers.join(', ')}`)
  } finally {
    client.close()
    await service.stop()
    await removeBenchDir(dataDir)
  }
}

await measureStarts()
await measureService(1)
await measureService(20)
report(await measurePick())
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
