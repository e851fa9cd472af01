import type { PowerState, VmStateName } from '../model/instance-states.ts'
import type { Db } from '../store/database.ts'
import { changeInstance, listPowerMismatches } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import type { Reconciler } from './reconciler.ts'

/** What an idle instance is when its host says this. Missing and unknown say nothing about the state asked for. */
export const vmStateOfPower: Readonly<Partial<Record<PowerState, VmStateName>>> = {
  on: 'active',
  off: 'stopped',
  crashed: 'stopped',
  paused: 'paused',
  suspended: 'suspended',
}

/** An idle instance follows what its host says: a guest that shut itself down is stopped, without anybody's call. */
export function powerSync(parts: { db: Db; clock: Clock; log: Logger }): Reconciler {
  return {
    name: 'power-sync',
    everyMs: 5_000,
    async run() {
      for (const { instanceId, vmState, powerState } of await listPowerMismatches(parts.db, vmStateOfPower)) {
        const to = vmStateOfPower[powerState]
        if (to === undefined) continue
        const expect = { operationId: null, vmState }
        if (await changeInstance(parts.db, instanceId, { vmState: to }, parts.clock.nowMs(), expect)) {
          parts.log.info({ instanceId, from: vmState, to, powerState }, 'an instance follows what its host says')
        }
      }
    },
  }
}
