/** From POST to the first line of a guest's console, beside `virsh create` of the same domain to the same line; then many at once. */
import { copyFile, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { waitUntil } from '../../src/util/wait-until.ts'
import { QemuObserver } from '../../test/support/qemu-observer.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
} from '../../test/support/servers.ts'
import { makeDataDir, removeDataDir } from '../../test/support/start-service.ts'
import { bootSectorMarker, makeBootSector } from '../make-boot-sector.ts'
import { measureParallelStarts, roomForMany, type ParallelStarts } from './parallel-starts.ts'
import { startSupervised } from './supervised-service.ts'

const pollMs = 1

export interface Pair {
  readonly serverMs: number
  readonly virshMs: number
}

/** @param pairs how many @param guests how many at once after them; none for 0 */
export async function measureQemu(count: {
  readonly pairs: number
  readonly guests: number
}): Promise<{ readonly pairs: readonly Pair[]; readonly starts: ParallelStarts | undefined }> {
  const dataDir = await makeDataDir('polyvisor-bench-drivers-')
  const observer = new QemuObserver(dataDir)
  const args = ['--driver', 'qemu', '--log-level', 'warn']
  const service = await startSupervised({ args, dataDir, environment: roomForMany })
  try {
    const client = await service.client()
    await waitForHosts(client)
    const image = join(dataDir, 'boot-sector.raw')
    await writeFile(image, Buffer.concat([makeBootSector(), Buffer.alloc(1024 ** 2 - 512)]))
    const imageId = await uploadImage(client, image)
    const flavorId = await createFlavor(client, 'bench', 64)
    // The first one brings the image into the cache.
    const pairs: Pair[] = []
    for (let index = 0; index <= count.pairs; index++) {
      const startedAt = performance.now()
      const id = await createServer(client, imageId, flavorId, `bench-${index}`)
      const serverMs = await untilMarker(consoleOf(observer, id), startedAt)
      await waitUntilSettled(client, id)
      const twin = await makeTwin(observer, id, index)
      await deleteServer(client, id)
      const virshMs = await measureVirsh(observer, twin)
      if (index > 0) pairs.push({ serverMs, virshMs })
    }
    const { guests } = count
    const starts =
      guests > 0 ? await measureParallelStarts(client, service.url, { imageId, flavorId, guests }) : undefined
    return { pairs, starts }
  } finally {
    await service.stop()
    await removeDataDir(dataDir)
  }
}

function consoleOf(observer: QemuObserver, id: string): string {
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
async function makeTwin(observer: QemuObserver, id: string, index: number): Promise<Twin> {
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

async function measureVirsh(observer: QemuObserver, { uuid, definition, console: file }: Twin): Promise<number> {
  const startedAt = performance.now()
  await observer.virsh('create', definition)
  const ms = await untilMarker(file, startedAt)
  await observer.virsh('destroy', uuid)
  return ms
}
