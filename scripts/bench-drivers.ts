/**
 * `npm run bench:drivers [-- --only qemu|uml] [--pairs N] [--starts N] [--json FILE]`: how long the service's event loop stands
 * still while N guests start at once, of QEMU and then of User-Mode Linux. Before that, from POST to the first line of a QEMU
 * guest's console, beside `virsh create` of the same domain to the same line, in turns on the same libvirtd. QEMU's guest is a
 * boot sector, its image is cached. Never a test.
 */
import { copyFile, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { waitUntil } from '../src/util/wait-until.ts'
import { QemuObserver } from '../test/support/qemu-observer.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
} from '../test/support/servers.ts'
import { asInRealUse, makeDataDir, removeDataDir, startService } from '../test/support/start-service.ts'
import { measureParallelStarts, roomForMany, type ParallelStarts } from './bench-drivers/parallel-starts.ts'
import { measureUmlStarts } from './bench-drivers/uml-starts.ts'
import { bootSectorMarker, makeBootSector } from './make-boot-sector.ts'

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
const pollMs = 1

interface Pair {
  readonly serverMs: number
  readonly virshMs: number
}

const isWanted = (driver: string): boolean => (values.only ?? driver) === driver
const guests = Number(values.starts)
const dataDir = await makeDataDir('polyvisor-bench-drivers-')
const observer = new QemuObserver(dataDir)
const pairs: Pair[] = []
let qemuStarts: ParallelStarts | undefined
if (isWanted('qemu')) await measureQemu()
else await removeDataDir(dataDir)
const umlStarts = isWanted('uml') && guests > 0 ? await measureUmlStarts(guests) : undefined
report()

async function measureQemu(): Promise<void> {
  const environment = { ...asInRealUse, ...roomForMany }
  const service = await startService({ args: ['--driver', 'qemu', '--log-level', 'warn'], dataDir, environment })
  try {
    const client = await service.client()
    await waitForHosts(client)
    const image = join(dataDir, 'boot-sector.raw')
    await writeFile(image, Buffer.concat([makeBootSector(), Buffer.alloc(1024 ** 2 - 512)]))
    const imageId = await uploadImage(client, image)
    const flavorId = await createFlavor(client, 'bench', 64)
    // The first one brings the image into the cache.
    for (let index = 0; index <= Number(values.pairs); index++) {
      const startedAt = performance.now()
      const id = await createServer(client, imageId, flavorId, `bench-${index}`)
      const serverMs = await untilMarker(consoleOf(id), startedAt)
      await waitUntilSettled(client, id)
      const twin = await makeTwin(id, index)
      await deleteServer(client, id)
      const virshMs = await measureVirsh(twin)
      if (index > 0) pairs.push({ serverMs, virshMs })
    }
    if (guests > 0) qemuStarts = await measureParallelStarts(client, service.url, { imageId, flavorId, guests })
  } finally {
    await service.stop()
    await removeDataDir(dataDir)
  }
}

function consoleOf(id: string): string {
  return join(observer.stateDir, 'instances', id, 'console/console.log')
}

async function untilMarker(file: string, startedAt: number): Promise<number> {
  const isThere = async (): Promise<number | undefined> =>
    (await readFile(file, 'latin1').catch(() => '')).includes(bootSectorMarker) ? performance.now() : undefined
  return (await waitUntil(`a line in ${file}`, isThere, { timeoutMs: 60_000, everyMs: pollMs })) - startedAt
}

interface Twin {
  readonly uuid: string
  readonly definition: string
  readonly console: string
}

/** The same domain, with files of its own and no mark of ours. */
async function makeTwin(id: string, index: number): Promise<Twin> {
  const uuid = crypto.randomUUID()
  const from = join(observer.stateDir, 'instances', id)
  const to = join(observer.stateDir, 'bench', String(index))
  const twin = { uuid, definition: join(to, 'twin.xml'), console: join(to, 'console/console.log') }
  await mkdir(dirname(twin.console), { recursive: true })
  await copyFile(join(from, 'root.qcow2'), join(to, 'root.qcow2'))
  for (const name of ['root.qcow2', 'console']) {
    const { uid, gid } = await stat(join(from, name))
    await chown(join(to, name), uid, gid)
  }
  const xml = await observer.virsh('dumpxml', '--inactive', id)
  const bare = xml
    .replace(/<metadata>[^]*?<\/metadata>/, '')
    .replace(/<name>[^<]*<\/name>/, `<name>bench-${index}</name>`)
    .replaceAll(from, to)
    .replaceAll(id, uuid)
  await writeFile(twin.definition, bare)
  return twin
}

async function measureVirsh({ uuid, definition, console: file }: Twin): Promise<number> {
  const startedAt = performance.now()
  await observer.virsh('create', definition)
  const ms = await untilMarker(file, startedAt)
  await observer.virsh('destroy', uuid)
  return ms
}

function report(): void {
  if (pairs.length > 0) reportPairs()
  reportStarts('QEMU', qemuStarts)
  reportStarts('User-Mode Linux', umlStarts)
  const json = { pairs, qemuStarts, umlStarts }
  if (values.json !== undefined) void writeFile(values.json, `${JSON.stringify(json, null, 2)}\n`)
}

function reportPairs(): void {
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
  console.log(
    `${hypervisor}: ${starts.guests} starts at once in ${starts.seconds} s: the event loop was late by ` +
      `${starts.longestMs} ms at most (goal ${longestGoalMs}), 99 % by ${starts.p99Ms} ms`,
  )
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
}

function rounded(ms: number): number {
  return Math.round(ms)
}
