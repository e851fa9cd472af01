/** The role conductor, with what the configuration says of it. */
import type { Config } from '../config/config.ts'
import type { ServiceMetrics } from '../metrics/service-metrics.ts'
import { leaseMs, processHook } from '../process/test-hook.ts'
import { startConductor, type Conductor, type ConductorOptions } from '../roles/conductor.ts'
import { deleteExpiredTokens } from '../store/tokens.ts'
import type { ControlParts } from './parts.ts'

const stopGraceMs = 60_000

/** Takes up no work before its `begin`. */
export function startConductorRole(parts: ControlParts): Promise<Conductor> {
  const { db, clock, config, metrics } = parts
  const identity = { purgeExpiredTokens: () => deleteExpiredTokens(db, clock.nowMs()) }
  return startConductor({ ...parts, identity }, conductorOptions(config, metrics))
}

function conductorOptions(config: Config, metrics: ServiceMetrics | undefined): ConductorOptions {
  const { vcpu, memory, disk } = config.overcommit
  const lease = leaseMs()
  return {
    hostDefaults: {
      ratios: { vcpus: vcpu, memoryMb: memory, diskGb: disk },
      reserved: { memoryMb: 0, diskGb: 0 },
      smokeTest: config.smokeTest ? 'pending' : 'passed',
    },
    stopGraceMs,
    engine: { hook: processHook(), observer: metrics?.operations, ...(lease === undefined ? {} : { leaseMs: lease }) },
    placementObserver: metrics?.placement,
  }
}
