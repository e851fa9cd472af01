import type { Weigher } from '../types.ts'

/** Prefers hosts with fewer instances, whatever their size. */
export const instanceCountWeigher: Weigher = {
  name: 'instance-count',
  multiplier: 0.5,
  weigh: (host) => -host.instanceCount,
}
