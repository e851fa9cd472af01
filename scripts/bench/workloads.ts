/** What is measured over HTTP: boots, deletes, and reads of many servers. */
import { delay } from '../../src/util/delay.ts'
import { inParallel, type BenchClient } from './http-client.ts'
import { measured, percentile, type Figure } from './measurement.ts'
import { cpuSeconds } from './process-figures.ts'
import type { BenchService } from './service.ts'

const compute = '/compute/v2.1'
/** Often enough to see a boot of a tenth of a second; rarely enough that the asking is not what is measured. */
const pollMs = 20

export interface Sources {
  readonly imageId: string
  readonly flavorId: string
}

export async function makeSources(client: BenchClient): Promise<Sources> {
  const image = { name: 'bench', disk_format: 'raw', container_format: 'bare' }
  const { id: imageId } = await client.expect<{ id: string }>(201, 'POST', '/image/v2/images', image)
  const octets = { 'content-type': 'application/octet-stream' }
  await client.expect(204, 'PUT', `/image/v2/images/${imageId}/file`, Buffer.alloc(4096), octets)
  const flavor = { name: 'bench', vcpus: 1, ram: 64, disk: 1 }
  const made = await client.expect<{ flavor: { id: string } }>(200, 'POST', `${compute}/flavors`, { flavor })
  return { imageId, flavorId: made.flavor.id }
}

/** Boots `count` servers, each client one after the other. @returns their ids and how long each took, POST to ACTIVE */
export async function boot(
  client: BenchClient,
  sources: Sources,
  count: number,
  clients: number,
): Promise<{ ids: string[]; bootMs: number[]; seconds: number }> {
  const ids: string[] = []
  const bootMs: number[] = []
  const begun = performance.now()
  await inParallel(count, clients, async (index) => {
    const from = performance.now()
    const id = await createServer(client, sources, `bench-${index}`)
    await untilStatus(client, id, 'ACTIVE')
    bootMs.push(performance.now() - from)
    ids.push(id)
  })
  return { ids, bootMs, seconds: (performance.now() - begun) / 1000 }
}

export async function measureBoots(
  service: BenchService,
  client: BenchClient,
  sources: Sources,
  hosts: number,
): Promise<Figure[]> {
  await boot(client, sources, 16, 8)
  const before = service.processes.map(({ pid }) => cpuSeconds(pid))
  const count = 200
  const { ids, bootMs, seconds } = await boot(client, sources, count, 8)
  const cpu = service.processes.map(({ name, pid }, index) => {
    return { name, ms: ((cpuSeconds(pid) - (before[index] ?? 0)) * 1000) / count }
  })
  const rate = measured(hosts === 1 ? 'boots_per_s_1_host' : `boots_per_s_${hosts}_hosts`, count / seconds, '1/s')
  if (hosts !== 1) return [rate]
  return [
    rate,
    measured('boot_p50_ms', percentile(bootMs, 0.5), 'ms'),
    measured('boot_p99_ms', percentile(bootMs, 0.99), 'ms'),
    measured(
      'cpu_ms_per_boot',
      cpu.reduce((sum, { ms }) => sum + ms, 0),
      'ms',
    ),
    ...(cpu.length === 1 ? [] : cpu.map(({ name, ms }) => measured(`cpu_ms_per_boot_${name}`, ms, 'ms'))),
    await measureDeletes(client, ids),
  ]
}

async function measureDeletes(client: BenchClient, ids: readonly string[]): Promise<Figure> {
  const begun = performance.now()
  await inParallel(ids.length, 8, async (index) => {
    const path = `${compute}/servers/${ids[index]}`
    await client.expect(204, 'DELETE', path)
    while ((await client.send('GET', path)).status !== 404) await delay(pollMs)
  })
  return measured('deletes_per_s', (ids.length * 1000) / (performance.now() - begun), '1/s')
}

/** @param ids servers that exist */
export async function measureReads(client: BenchClient, ids: readonly string[]): Promise<Figure[]> {
  const list = `${compute}/servers?limit=100`
  const detail = `${compute}/servers/detail?limit=100`
  return [
    measured('detail_per_s_1', await readRate(client, 1, () => detail), '1/s'),
    measured('detail_per_s_8', await readRate(client, 8, () => detail), '1/s'),
    measured('list_per_s_8', await readRate(client, 8, () => list), '1/s'),
    measured(
      'one_per_s_8',
      await readRate(client, 8, (index) => `${compute}/servers/${ids[index % ids.length]}`),
      '1/s',
    ),
  ]
}

async function readRate(client: BenchClient, clients: number, pathOf: (index: number) => string): Promise<number> {
  const read = async (index: number): Promise<void> => {
    const { status } = await client.send('GET', pathOf(index))
    if (status !== 200) throw new Error(`GET ${pathOf(index)} answered ${status}`)
  }
  await inParallel(60, clients, read)
  const until = performance.now() + 4_000
  const begun = performance.now()
  let count = 0
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      count += 1
      await read(count)
    }
  }
  await Promise.all(Array.from({ length: clients }, reader))
  return (count * 1000) / (performance.now() - begun)
}

async function createServer(client: BenchClient, { imageId, flavorId }: Sources, name: string): Promise<string> {
  const server = { name, imageRef: imageId, flavorRef: flavorId, networks: 'none' }
  return (await client.expect<{ server: { id: string } }>(202, 'POST', `${compute}/servers`, { server })).server.id
}

async function untilStatus(client: BenchClient, id: string, wanted: string): Promise<void> {
  for (;;) {
    const { server } = await client.expect<{ server: { status: string; fault?: { message: string } } }>(
      200,
      'GET',
      `${compute}/servers/${id}`,
    )
    if (server.status === wanted) return
    if (server.status === 'ERROR') throw new Error(`server ${id} is in ERROR: ${server.fault?.message}`)
    await delay(pollMs)
  }
}
