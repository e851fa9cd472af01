/** Asks each driver that the configuration chooses whether this machine has what it needs; opens none, changes nothing. */
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { HostCheck, HostPlaces } from '../driver/host-check.ts'
import type { DriverChoice } from '../agent/driver-set.ts'
import { agentDirOf } from './data-dir.ts'
import { chooseDrivers } from './driver-choices.ts'

/** @throws ConfigError for a driver that nobody knows or that cannot be used, or settings that it does not take */
export async function* validateHost(config: Config): AsyncGenerator<{
  readonly driverId: string
  readonly checks: AsyncIterable<HostCheck>
}> {
  for (const choice of await chooseDrivers(config)) {
    const driverId = choice.plugin.manifest.id
    const stateDir = join(agentDirOf(config.dataDir), 'drivers', driverId)
    yield { driverId, checks: checksOf(choice, { stateDir, dataDir: config.dataDir }) }
  }
}

async function* checksOf({ plugin, config }: DriverChoice, places: HostPlaces): AsyncGenerator<HostCheck> {
  try {
    yield* plugin.validateHost?.(config, places) ?? []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    yield { name: 'the rest', outcome: 'failed', message: `the driver could not look: ${message}` }
  }
}
