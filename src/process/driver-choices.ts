/** The drivers that this process knows, and those that its configuration chooses. A new driver is added here. */
import { checkDriverConfig } from '../config/driver-config.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Config } from '../config/config.ts'
import type { DriverChoice } from '../agent/driver-set.ts'
import type { DriverPlugin } from '../driver/driver.ts'

interface KnownDriver {
  /** Used without being named, where it is healthy; the simulated one only by name. */
  readonly isDefault: boolean
  load(): Promise<DriverPlugin>
}

const knownDrivers: Readonly<Record<string, KnownDriver>> = {
  qemu: { isDefault: true, load: async () => (await import('../../drivers/qemu/index.ts')).qemuPlugin },
  sim: { isDefault: false, load: async () => (await import('../../drivers/sim/index.ts')).simPlugin },
  uml: { isDefault: true, load: async () => (await import('../../drivers/uml/index.ts')).umlPlugin },
}

/** @throws ConfigError for a driver that nobody knows, or settings that it does not take */
export async function chooseDrivers(config: Config): Promise<readonly DriverChoice[]> {
  const explicit = config.drivers !== 'auto'
  const ids = config.drivers === 'auto' ? defaultDriverIds() : config.drivers
  return Promise.all(
    ids.map(async (id) => {
      const known = knownDrivers[id]
      if (known === undefined) {
        throw new ConfigError(
          'drivers',
          'configuration',
          `there is no driver ${id}; known are ${Object.keys(knownDrivers).join(', ')}`,
        )
      }
      const plugin = await known.load()
      return {
        plugin,
        config: checkDriverConfig(id, plugin.manifest.configSchema, config.driverConfig[id] ?? {}),
        explicit,
      }
    }),
  )
}

function defaultDriverIds(): readonly string[] {
  return Object.keys(knownDrivers).filter((id) => knownDrivers[id]?.isDefault === true)
}
