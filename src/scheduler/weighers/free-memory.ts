import type { Weigher } from '../types.ts'

/** Spreads: the host with the most free memory first. */
export const freeMemoryWeigher: Weigher = { name: 'free-memory', multiplier: 1, weigh: (host) => host.free.memoryMb }
