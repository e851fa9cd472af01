/** What the demo asks of the service, over HTTP as any tenant would: image, flavor, server, console. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { CliError, exitCodes } from '../../src/cli/cli-error.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

export type Say = (detail: string) => void

const compute = '/compute/v2.1'
/** The first microversion that takes `networks: "none"`. */
const headers = { 'openstack-api-version': 'compute 2.37' }
const pollEveryMs = 250

export async function uploadImage(client: ApiClient, path: string, say: Say): Promise<string> {
  const created = await client.send('POST', '/image/v2/images', {
    body: { name: 'polyvisor-test-guest', disk_format: 'raw', container_format: 'bare' },
  })
  const { id } = (await created.json()) as { id: string }
  const { size } = await stat(path)
  let sentBytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sentBytes += chunk.length
      say(`${Math.round((100 * sentBytes) / size)} %`)
      done(null, chunk)
    },
  })
  const body = Readable.toWeb(createReadStream(path).pipe(meter)) as ReadableStream
  await client.send('PUT', `/image/v2/images/${id}/file`, { body })
  return id
}

export async function createFlavor(client: ApiClient): Promise<string> {
  const flavor = { name: 'demo.tiny', vcpus: 1, ram: 128, disk: 1 }
  const response = await client.send('POST', `${compute}/flavors`, { body: { flavor } })
  return ((await response.json()) as { flavor: { id: string } }).flavor.id
}

export async function createServer(client: ApiClient, imageRef: string, flavorRef: string): Promise<string> {
  const server = { name: 'demo', imageRef, flavorRef, networks: 'none' }
  const response = await client.send('POST', `${compute}/servers`, { headers, body: { server } })
  return ((await response.json()) as { server: { id: string } }).server.id
}

interface ServerView {
  readonly id: string
  readonly status: string
  readonly 'OS-EXT-STS:task_state': string | null
  readonly 'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null
  readonly fault?: { readonly message: string; readonly details?: string }
}

/** @throws CliError with the server's fault */
export async function waitForActive(client: ApiClient, id: string, say: Say): Promise<ServerView> {
  return waitUntil(
    'the server to become ACTIVE',
    async () => {
      const { server } = await client.get<{ server: ServerView }>(`${compute}/servers/${id}`)
      say(`${server.status} ${server['OS-EXT-STS:task_state'] ?? ''}`)
      if (server.status === 'ERROR') {
        const { message = 'no reason given', details = '' } = server.fault ?? {}
        throw new CliError(exitCodes.failed, `the server went into ERROR: ${message}\n${details}`)
      }
      return server.status === 'ACTIVE' ? server : undefined
    },
    { timeoutMs: 180_000, everyMs: pollEveryMs },
  )
}

/** @returns the guest's console from the beginning, once `marker` is in it */
export async function waitForConsole(client: ApiClient, id: string, marker: string): Promise<string> {
  return waitUntil(
    `${marker} on the guest's console`,
    async () => {
      const response = await client.send('POST', `${compute}/servers/${id}/action`, {
        body: { 'os-getConsoleOutput': { length: null } },
      })
      const { output } = (await response.json()) as { output: string }
      return new RegExp(`${marker}.*\n`).test(output) ? output : undefined
    },
    { timeoutMs: 180_000, everyMs: pollEveryMs },
  )
}

export async function deleteAllServers(client: ApiClient): Promise<void> {
  const list = async (): Promise<readonly ServerView[]> =>
    (await client.get<{ servers: readonly ServerView[] }>(`${compute}/servers/detail`)).servers
  for (const { id } of await list()) await client.send('DELETE', `${compute}/servers/${id}`)
  await waitUntil('all servers to be gone', async () => ((await list()).length === 0 ? true : undefined), {
    timeoutMs: 60_000,
    everyMs: pollEveryMs,
  })
}
