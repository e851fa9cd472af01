/** `polyvisor host drain`, `host disable`, `host enable`: a host before and after maintenance. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { components } from '../contract/types.gen.ts'
import type { ApiClient } from './api-client.ts'
import { CliError, exitCodes } from './cli-error.ts'
import { renderTable } from './table.ts'

type Schemas = components['schemas']
type Drain = Schemas['HostDrain']
type Moving = Drain['moving'][number]

export interface DrainFlags {
  readonly cold: boolean
  /** Returns once all has moved, or has not. */
  readonly wait: boolean
  readonly json: boolean
}

const pollMs = 500
/** For the confirmation of what moved cold: a second, as a rule. */
const confirmMs = 60_000

/** @param name or id. @throws CliError when servers stay, or a move fails */
export async function drainHost(client: ApiClient, name: string, { cold, wait, json }: DrainFlags): Promise<void> {
  const host = await findHost(client, name)
  const answer = await client.send('POST', `/v1/hosts/${host.id}/drain`, { body: { cold } })
  const { drain } = (await answer.json()) as { drain: Drain }
  console.log(json ? JSON.stringify(drain, null, 2) : renderDrain(drain))
  const failed = wait ? await watch(client, drain.moving, json) : 0
  const left = drain.staying.length + failed
  if (wait) await untilLeft(client, host.id, left)
  if (left === 0) return
  const again = `polyvisor host drain ${host.name}`
  throw new CliError(
    exitCodes.failed,
    `${left} of the servers of ${host.name} stay there; see why, then repeat: ${again}`,
  )
}

/** @param reason shown wherever the host is */
export async function setEnabled(
  client: ApiClient,
  name: string,
  change: { readonly enabled: boolean; readonly reason?: string | undefined },
): Promise<void> {
  const host = await findHost(client, name)
  const { enabled, reason } = change
  const body = {
    status: enabled ? 'enabled' : 'disabled',
    ...(reason === undefined ? {} : { disabled_reason: reason }),
  }
  const headers = { 'openstack-api-version': 'compute 2.53' }
  await client.send('PUT', `/compute/v2.1/os-services/${host.id}`, { headers, body })
  console.log(
    `${host.name} is ${enabled ? 'enabled: it takes new servers' : 'disabled: it takes no new servers; those there stay'}`,
  )
}

async function findHost(client: ApiClient, name: string): Promise<Schemas['Host']> {
  const { hosts } = await client.get<{ hosts: readonly Schemas['Host'][] }>('/v1/hosts')
  const found = hosts.filter((host) => host.id === name || host.name === name)
  if (found.length > 1) throw new CliError(exitCodes.usage, `several hosts are called ${name}; name one by its id`)
  if (found[0] !== undefined) return found[0]
  const known = hosts.map((host) => host.name).join(', ') || 'none'
  throw new CliError(exitCodes.failed, `there is no host ${name}; known are: ${known}`)
}

function renderDrain({ host, moving, staying }: Drain): string {
  if (moving.length + staying.length === 0) return `${host} is disabled, and no server is on it`
  return renderTable(
    ['SERVER', 'NAME', 'GOES', 'OPERATION, OR WHY NOT'],
    [
      ...moving.map(({ server_id, server_name, how, operation_id }) => [server_id, server_name, how, operation_id]),
      ...staying.map(({ server_id, server_name, reason }) => [server_id, server_name, 'stays', reason]),
    ],
  )
}

/** @returns how many did not move */
async function watch(client: ApiClient, moving: readonly Moving[], json: boolean): Promise<number> {
  let failed = 0
  for (const { server_id, server_name, operation_id } of moving) {
    const { status, error } = await endOf(client, operation_id)
    const isMoved = status === 'succeeded'
    if (!isMoved) failed += 1
    if (!json)
      console.log(
        `${isMoved ? '✔' : '✖'} ${server_name} (${server_id})${isMoved ? '' : `: ${error?.message ?? status}`}`,
      )
  }
  return failed
}

/** What moved cold is confirmed after that, and its old VM removed. @throws CliError when more than `count` are still there */
async function untilLeft(client: ApiClient, hostId: string, count: number): Promise<void> {
  const deadline = performance.now() + confirmMs
  for (;;) {
    const { name, instance_count: there } = await findHost(client, hostId)
    if (there <= count) return
    if (performance.now() > deadline)
      throw new CliError(exitCodes.failed, `${there} servers still hold room on ${name}: look at polyvisor host list`)
    await sleep(pollMs)
  }
}

async function endOf(client: ApiClient, id: string): Promise<Schemas['OperationDetail']> {
  for (;;) {
    const { operation } = await client.get<{ operation: Schemas['OperationDetail'] }>(`/v1/operations/${id}`)
    if (operation.finished_at !== null) return operation
    await sleep(pollMs)
  }
}
