/** The service over HTTP as a tenant's program uses it: hosts watched, images uploaded, servers made, watched and deleted. Tests and the demo share it. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ApiClient } from '../../src/cli/api-client.ts'
import type { components } from '../../src/contract/types.gen.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

export type HostView = components['schemas']['Host']

export interface ServerView {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly 'OS-EXT-STS:task_state': string | null
  readonly 'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null
  readonly fault?: { readonly code: number; readonly message: string; readonly details?: string }
}

/** Is told what is going on while something is waited for. */
export type Say = (detail: string) => void

const compute = '/compute/v2.1'
/** The first microversion that takes `networks: "none"`. */
const withNetworks = { 'openstack-api-version': 'compute 2.37' }
const everyMs = 50

/** Waits until that many hosts can take servers. @throws Error with what the hosts say when they cannot */
export async function waitForHosts(
  client: ApiClient,
  say?: Say,
  count = 1,
  timeoutMs = 180_000,
): Promise<readonly HostView[]> {
  let said = 'no host has joined'
  const probe = async (): Promise<readonly HostView[] | undefined> => {
    const { hosts } = await client.get<{ hosts: readonly HostView[] }>('/v1/hosts')
    if (hosts.length > 0) said = hosts.map((host) => `${host.name} (${host.driver}): ${host.message}`).join('; ')
    say?.(said)
    return hosts.filter(isReady).length >= count ? hosts : undefined
  }
  try {
    return await waitUntil('a host', probe, { timeoutMs, everyMs })
  } catch (cause) {
    throw new Error(`too few hosts can take servers (wanted: ${count}): ${said}`, { cause })
  }
}

export function isReady({ up, healthy, smoke_test: { state } }: HostView): boolean {
  return up && healthy && state === 'passed'
}

export async function uploadImage(
  client: ApiClient,
  file: string,
  name = 'test-image',
  properties: Readonly<Record<string, string>> = {},
): Promise<string> {
  const body = { name, disk_format: 'raw', container_format: 'bare', ...properties }
  const { id } = (await (await client.send('POST', '/image/v2/images', { body })).json()) as { id: string }
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream
  await client.send('PUT', `/image/v2/images/${id}/file`, { body: stream })
  return id
}

export async function createFlavor(client: ApiClient, name: string, memoryMb = 128): Promise<string> {
  const flavor = { name, vcpus: 1, ram: memoryMb, disk: 1 }
  const response = await client.send('POST', `${compute}/flavors`, { body: { flavor } })
  return ((await response.json()) as { flavor: { id: string } }).flavor.id
}

export async function createServer(
  client: ApiClient,
  imageRef: string,
  flavorRef: string,
  name = 'test-server',
): Promise<string> {
  const server = { name, imageRef, flavorRef, networks: 'none' }
  const response = await client.send('POST', `${compute}/servers`, { headers: withNetworks, body: { server } })
  return ((await response.json()) as { server: { id: string } }).server.id
}

/** Waits until nothing goes on with the server and it is ACTIVE, ERROR or SHUTOFF. */
export async function waitUntilSettled(client: ApiClient, id: string, say?: Say): Promise<ServerView> {
  return waitUntil(
    `server ${id} to settle`,
    async () => {
      const { server } = await client.get<{ server: ServerView }>(`${compute}/servers/${id}`)
      const taskState = server['OS-EXT-STS:task_state']
      say?.(`${server.status} ${taskState ?? ''}`)
      return ['ACTIVE', 'ERROR', 'SHUTOFF'].includes(server.status) && taskState === null ? server : undefined
    },
    { timeoutMs: 180_000, everyMs },
  )
}

/** Everything that the guest's console log still holds. */
export async function readConsole(client: ApiClient, id: string): Promise<string> {
  const body = { 'os-getConsoleOutput': { length: null } }
  const response = await client.send('POST', `${compute}/servers/${id}/action`, { body })
  return ((await response.json()) as { output: string }).output
}

/** @returns what the guest wrote to its console, once a whole line with `marker` is in it */
export async function waitForConsole(client: ApiClient, id: string, marker: string): Promise<string> {
  return waitUntil(
    `${marker} on the guest's console`,
    async () => {
      const output = await readConsole(client, id)
      const start = output.indexOf(marker)
      return start >= 0 && output.includes('\n', start) ? output : undefined
    },
    { timeoutMs: 180_000, everyMs: 200 },
  )
}

export async function listServers(client: ApiClient): Promise<readonly ServerView[]> {
  return (await client.get<{ servers: readonly ServerView[] }>(`${compute}/servers/detail`)).servers
}

export async function deleteServer(client: ApiClient, id: string): Promise<void> {
  await client.send('DELETE', `${compute}/servers/${id}`)
  await waitUntilGone(client, id)
}

export async function waitUntilGone(client: ApiClient, id: string): Promise<void> {
  await waitUntil(
    `server ${id} to be gone`,
    async () => ((await listServers(client)).some((server) => server.id === id) ? undefined : true),
    { timeoutMs: 180_000, everyMs },
  )
}
