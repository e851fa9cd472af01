/** Where the figures are shown, as the setting `metrics` says; with `off` nothing is counted at all. */
import { readFileSync } from 'node:fs'
import type { Config } from '../config/config.ts'
import { createExposition, type Exposition } from '../metrics/exposition.ts'
import { ServiceMetrics, type StateSource } from '../metrics/service-metrics.ts'
import type { Logger } from '../util/logger.ts'
import { listenHttp } from './http-server.ts'

const graceMs = 1_000

export interface MetricsEndpoint {
  /** Undefined when nothing is to be shown at the service's own address. */
  readonly read: (() => Promise<Exposition>) | undefined
  stop(): Promise<void>
}

/** @returns undefined when nothing is to be counted */
export function createMetrics(setting: Config['metrics']): ServiceMetrics | undefined {
  return setting === 'off' ? undefined : new ServiceMetrics()
}

export async function openMetrics(
  setting: Config['metrics'],
  metrics: ServiceMetrics | undefined,
  state: StateSource | undefined,
  log: Logger,
): Promise<MetricsEndpoint> {
  if (metrics === undefined) return { read: undefined, stop: async () => {} }
  const read = createExposition(metrics.families(readVersion(), state))
  if (typeof setting === 'string') return { read, stop: async () => {} }
  const server = await listenHttp(setting)
  server.serve((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end('Only GET /metrics is here.\n')
      return
    }
    read().then(
      ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'metrics could not be read')
        response.writeHead(500).end('The log says why.\n')
      },
    )
  })
  log.info({ host: setting.host, port: server.port }, 'metrics are shown at an address of their own')
  return { read: undefined, stop: () => server.stop(graceMs) }
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
