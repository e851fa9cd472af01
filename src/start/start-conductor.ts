/** The role conductor, with what the configuration says of it. */
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { ServiceMetrics } from '../metrics/service-metrics.ts'
import { readOrMakeUuid } from '../process/data-dir.ts'
import { leaseMs, processHook } from '../process/test-hook.ts'
import { startConductor, type Conductor, type ConductorOptions } from '../roles/conductor.ts'
import { dropLeasesOf } from '../store/leases.ts'
import { deleteExpiredTokens } from '../store/tokens.ts'
import type { ControlParts } from './parts.ts'

const stopGraceMs = 60_000

/**
 * Takes up no work before its `begin`. The data directory's lock says that its former process is gone: what that one held
 * is free now, and not only when its leases end.
 */
export async function startConductorRole(parts: ControlParts): Promise<Conductor> {
  const { db, clock, config, metrics, dataDir } = parts
  const ownerPrefix = `${(await readOrMakeUuid(join(dataDir.path, 'conductor-id'))).slice(0, 18)}/`
  await dropLeasesOf(db, ownerPrefix)
  const identity = { purgeExpiredTokens: () => deleteExpiredTokens(db, clock.nowMs()) }
  return startConductor({ ...parts, identity }, { ...conductorOptions(config, metrics), ownerPrefix })
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
