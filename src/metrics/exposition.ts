/**
 * Figures as Prometheus's text. prom-client is loaded when somebody first asks, because loading it takes longer than a
 * fifth of the service's start; from then on it watches the process and its event loop as well.
 */
import type { Registry } from 'prom-client'
import type { Family } from './families.ts'

export interface Exposition {
  readonly contentType: string
  readonly text: string
}

export function createExposition(families: readonly Family[]): () => Promise<Exposition> {
  let registry: Promise<Registry> | undefined
  return async () => {
    const ready = await (registry ??= createRegistry(families))
    return { contentType: ready.contentType, text: await ready.metrics() }
  }
}

async function createRegistry(families: readonly Family[]): Promise<Registry> {
  const { default: client } = await import('prom-client')
  const registry = new client.Registry()
  for (const family of families) {
    const { name, help, type } = family
    const get = async (): Promise<object> => ({ name, help, type, values: await family.samples(), aggregator: 'sum' })
    // The registry asks of a metric no more than this; its types want one of its own classes.
    registry.registerMetric({ name, help, type, get } as never)
  }
  client.collectDefaultMetrics({ register: registry })
  return registry
}
