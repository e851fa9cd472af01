import { MemoryBus } from '../../src/bus/memory-bus.ts'
import type { BusObserver } from '../../src/bus/observer.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { busRules, quickRedelivery } from './bus-rules.ts'

busRules(async () => {
  let bus: MemoryBus | undefined
  const open = async (observer?: BusObserver): Promise<MemoryBus> =>
    (bus ??= new MemoryBus(silentLogger, observer, quickRedelivery))
  return {
    open,
    parked: async () => (bus?.parked ?? []).map(({ message }) => message),
    close: async () => bus?.close(),
  }
})
