/** How long the service's event loop stands still while many guests are started at once. */
import { performance } from 'node:perf_hooks'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { createServer, deleteServer, listServers } from '../../test/support/servers.ts'

export interface ParallelStarts {
  readonly guests: number
  /** Of these, how many ended by themselves meanwhile: a guest's kernel may panic while it boots. */
  readonly ended: number
  /** From the first POST until the last guest runs. */
  readonly seconds: number
  /** The longest and the 99th percentile of how late the loop came to a timer of 10 ms, that time included. */
  readonly longestMs: number
  readonly p99Ms: number
}

/** For the service's environment: as many servers as there is memory for. */
export const roomForMany = {
  POLYVISOR_OVERCOMMIT_VCPU: '100',
  POLYVISOR_QUOTAS_INSTANCES: '-1',
  POLYVISOR_QUOTAS_CORES: '-1',
}

export async function measureParallelStarts(
  client: ApiClient,
  serviceUrl: string,
  { imageId, flavorId, guests }: { imageId: string; flavorId: string; guests: number },
): Promise<ParallelStarts> {
  const metricsUrl = `${serviceUrl}/metrics`
  // Each look begins the figures anew.
  await eventLoopLag(metricsUrl)
  const startedAt = performance.now()
  const ids = await Promise.all(
    Array.from({ length: guests }, async (_, index) => createServer(client, imageId, flavorId, `many-${index}`)),
  )
  const areThere = async (): Promise<Awaited<ReturnType<typeof listServers>> | undefined> => {
    const servers = await listServers(client)
    const failed = servers.find(({ status }) => status === 'ERROR')
    if (failed !== undefined) throw new Error(`a server failed: ${failed.fault?.message ?? ''}`)
    return servers.every(({ status }) => status === 'ACTIVE' || status === 'SHUTOFF') ? servers : undefined
  }
  const servers = await waitUntil('all servers to run', areThere, { timeoutMs: 600_000, everyMs: 250 })
  const seconds = (performance.now() - startedAt) / 1000
  const lag = await eventLoopLag(metricsUrl)
  const ended = servers.filter(({ status }) => status === 'SHUTOFF').length
  for (const id of ids) await deleteServer(client, id)
  return { guests, ended, seconds: Math.round(seconds), ...lag }
}

async function eventLoopLag(metricsUrl: string): Promise<{ longestMs: number; p99Ms: number }> {
  const text = await (await fetch(metricsUrl)).text()
  const of = (name: string): number =>
    Math.round(Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds (.*)$`, 'm').exec(text)?.[1]) * 1000)
  return { longestMs: of('max'), p99Ms: of('p99') }
}
