/** Servers as a test wants them, over HTTP: made, watched, deleted. */
import { readFile } from 'node:fs/promises'
import type { ApiClient } from '../../src/cli/api-client.ts'
import type { components } from '../../src/contract/types.gen.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

export type OperationView = components['schemas']['Operation']

export interface ServerView {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly 'OS-EXT-STS:task_state': string | null
  readonly fault?: { readonly code: number; readonly message: string; readonly details?: string }
}

const compute = '/compute/v2.1'

export async function uploadImage(client: ApiClient, file: string): Promise<string> {
  const body = { name: 'test-image', disk_format: 'raw', container_format: 'bare' }
  const { id } = (await (await client.send('POST', '/image/v2/images', { body })).json()) as { id: string }
  await client.send('PUT', `/image/v2/images/${id}/file`, { body: new Uint8Array(await readFile(file)) })
  return id
}

export async function createFlavor(client: ApiClient, memoryMb = 128): Promise<string> {
  const flavor = { name: `flavor-${crypto.randomUUID()}`, vcpus: 1, ram: memoryMb, disk: 1 }
  const response = await client.send('POST', `${compute}/flavors`, { body: { flavor } })
  return ((await response.json()) as { flavor: { id: string } }).flavor.id
}

export async function createServer(client: ApiClient, imageRef: string, flavorRef: string): Promise<string> {
  const server = { name: 'test-server', imageRef, flavorRef, networks: 'none' }
  const headers = { 'openstack-api-version': 'compute 2.37' }
  const response = await client.send('POST', `${compute}/servers`, { headers, body: { server } })
  return ((await response.json()) as { server: { id: string } }).server.id
}

export async function showServer(client: ApiClient, id: string): Promise<ServerView> {
  return (await client.get<{ server: ServerView }>(`${compute}/servers/${id}`)).server
}

/** Waits until nothing goes on with the server and it is ACTIVE, ERROR or SHUTOFF. */
export async function waitUntilSettled(client: ApiClient, id: string, timeoutMs = 120_000): Promise<ServerView> {
  return waitUntil(
    `server ${id} to settle`,
    async () => {
      const server = await showServer(client, id)
      const isSettled =
        ['ACTIVE', 'ERROR', 'SHUTOFF'].includes(server.status) && server['OS-EXT-STS:task_state'] === null
      return isSettled ? server : undefined
    },
    { timeoutMs, everyMs: 50 },
  )
}

export async function deleteServer(client: ApiClient, id: string): Promise<void> {
  await client.send('DELETE', `${compute}/servers/${id}`)
  await waitUntilGone(client, id)
}

export async function waitUntilGone(client: ApiClient, id: string): Promise<void> {
  await waitUntil(
    `server ${id} to be gone`,
    async () => {
      const { servers } = await client.get<{ servers: readonly ServerView[] }>(`${compute}/servers`)
      return servers.some((server) => server.id === id) ? undefined : true
    },
    { timeoutMs: 60_000, everyMs: 50 },
  )
}

/** The newest operation on a server. */
export async function operationOf(client: ApiClient, serverId: string): Promise<OperationView | undefined> {
  const path = `/v1/operations?limit=1&instance_id=${serverId}`
  return (await client.get<{ operations: readonly OperationView[] }>(path)).operations[0]
}
