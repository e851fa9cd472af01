import type { Weigher } from '../types.ts'

/** Spreads: the host with the most free vCPUs first. */
export const freeVcpusWeigher: Weigher = { name: 'free-vcpus', multiplier: 1, weigh: (host) => host.free.vcpus }
