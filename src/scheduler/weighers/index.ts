/** The weighers; their scaled values are multiplied and added up. A new weigher is added here. */
import type { Weigher } from '../types.ts'
import { freeMemoryWeigher } from './free-memory.ts'
import { freeVcpusWeigher } from './free-vcpus.ts'
import { instanceCountWeigher } from './instance-count.ts'
import { serverGroupWeigher } from './server-group.ts'

export const weighers: readonly Weigher[] = [
  freeMemoryWeigher,
  freeVcpusWeigher,
  instanceCountWeigher,
  serverGroupWeigher,
]
