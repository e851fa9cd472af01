/**
 * measure.ts: the figures of SPECIFICATION.md, measured on this machine against the service as users run it
 * (`bin/polyvisor serve --driver sim`, in a process of its own). Prints one line a figure.
 */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { ApiClient } from '../src/cli/api-client.ts'
import { waitUntil } from '../src/util/wait-until.ts'
import { createFlavor, createServer, listServers, uploadImage, waitUntilSettled } from '../test/support/servers.ts'
import { asInRealUse, removeDataDir, startService } from '../test/support/start-service.ts'

const servers = 100
const imageMb = 256
const inFlight = 16
const secondsEach = 3

function report(what: string, value: number, unit: string): void {
  console.log(`${what.padEnd(62)}${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}`)
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}

/** Requests a second, with `inFlight` of them under way. */
async function rateOf(client: ApiClient, path: string): Promise<number> {
  let done = 0
  const endMs = performance.now() + secondsEach * 1000
  const worker = async (): Promise<void> => {
    while (performance.now() < endMs) {
      await client.get(path)
      done += 1
    }
  }
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: inFlight }, worker)))
  return done / seconds
}

async function deleteAll(client: ApiClient): Promise<void> {
  await Promise.all((await listServers(client)).map(({ id }) => client.send('DELETE', `/compute/v2.1/servers/${id}`)))
  await waitUntil('all servers to be gone', async () => ((await listServers(client)).length === 0 ? true : undefined), {
    timeoutMs: 60_000,
    everyMs: 100,
  })
}

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; the measuring client shares them\n`)
const settings = ['overcommit.vcpu=64', 'quotas.instances=-1', 'quotas.cores=-1', 'quotas.ramMb=-1']
const args = ['--driver', 'sim', '--log-level', 'warn', ...settings.flatMap((setting) => ['--set', setting])]
let service = await startService({ args, environment: asInRealUse })
try {
  const { dataDir } = service
  report(
    'second start, until the service is ready',
    await secondsOf(async () => {
      await service.stop()
      service = await startService({ args, dataDir, environment: asInRealUse })
    }),
    's',
  )
  const client = await service.client()
  const file = join(dataDir, 'measure.raw')
  await writeFile(file, Buffer.alloc(imageMb * 1024 ** 2, 'polyvisor'))
  let imageId = ''
  const uploadSeconds = await secondsOf(async () => (imageId = await uploadImage(client, file)))
  report(`upload of an image of ${imageMb} MiB, hashed and inspected`, imageMb / uploadSeconds, 'MiB/s')
  const flavorId = await createFlavor(client, 'measure')
  report(
    'create one server, until it is ACTIVE',
    await secondsOf(async () => {
      await waitUntilSettled(client, await createServer(client, imageId, flavorId))
    }),
    's',
  )
  report(
    `create ${servers} servers at once, until all are ACTIVE`,
    await secondsOf(async () => {
      const ids = await Promise.all(Array.from({ length: servers }, () => createServer(client, imageId, flavorId)))
      for (const id of ids) await waitUntilSettled(client, id)
    }),
    's',
  )
  const [first] = await listServers(client)
  report('GET /servers/{id}', await rateOf(client, `/compute/v2.1/servers/${first?.id ?? ''}`), 'requests/s')
  report(
    `GET /servers/detail, ${servers} a page`,
    await rateOf(client, `/compute/v2.1/servers/detail?limit=${servers}`),
    'requests/s',
  )
  report(`delete ${servers} servers at once, until all are gone`, await secondsOf(() => deleteAll(client)), 's')
} finally {
  await service.stop()
  await removeDataDir(service.dataDir)
}
