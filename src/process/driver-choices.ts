/** The drivers that this process knows, and those that its configuration chooses. A new driver of the house is added here. */
import { checkDriverConfig } from '../config/driver-config.ts'
import { ConfigError } from '../config/config-error.ts'
import { isDriverPath } from '../config/driver-paths.ts'
import type { Config } from '../config/config.ts'
import type { DriverChoice } from '../agent/driver-set.ts'
import type { DriverPlugin } from '../driver/driver.ts'
import { loadDriver } from './load-driver.ts'

interface KnownDriver {
  /** Used without being named, where it is healthy; the simulated one only by name. */
  readonly isDefault: boolean
  load(): Promise<DriverPlugin>
}

const knownDrivers: ReadonlyMap<string, KnownDriver> = new Map(
  Object.entries({
    qemu: { isDefault: true, load: async () => (await import('../../drivers/qemu/index.ts')).qemuPlugin },
    sim: { isDefault: false, load: async () => (await import('../../drivers/sim/index.ts')).simPlugin },
    uml: { isDefault: true, load: async () => (await import('../../drivers/uml/index.ts')).umlPlugin },
  }),
)

/** @throws ConfigError for a driver that nobody knows or that cannot be used, or settings that it does not take */
export async function chooseDrivers(config: Config): Promise<readonly DriverChoice[]> {
  const explicit = config.drivers !== 'auto'
  const drivers = config.drivers === 'auto' ? defaultDriverIds() : config.drivers
  const plugins = await Promise.all(
    drivers.map((driver) => (isDriverPath(driver) ? loadDriver(driver) : loadKnown(driver))),
  )
  assertDistinct(drivers, plugins)
  return plugins.map((plugin) => {
    const { id, configSchema } = plugin.manifest
    const given = Object.hasOwn(config.driverConfig, id) ? config.driverConfig[id] : undefined
    return { plugin, config: checkDriverConfig(id, configSchema, given ?? {}), explicit }
  })
}

async function loadKnown(id: string): Promise<DriverPlugin> {
  const known = knownDrivers.get(id)
  if (known !== undefined) return known.load()
  const ids = [...knownDrivers.keys()].join(', ')
  throw new ConfigError(
    'drivers',
    'configuration',
    `there is no driver ${id}; known are ${ids}, and others by their path, such as ./${id}/index.js`,
  )
}

/** A driver's id names its settings and its folder, and tells whose a host is. */
function assertDistinct(drivers: readonly string[], plugins: readonly DriverPlugin[]): void {
  const owners = new Map([...knownDrivers.keys()].map((id) => [id, 'a driver of Polyvisor itself']))
  for (const [index, driver] of drivers.entries()) {
    if (!isDriverPath(driver)) continue
    const id = plugins[index]?.manifest.id ?? ''
    const owner = owners.get(id)
    if (owner !== undefined)
      throw new ConfigError('drivers', driver, `has the id ${id}, as has ${owner}; give it another`)
    owners.set(id, driver)
  }
}

function defaultDriverIds(): readonly string[] {
  return [...knownDrivers].flatMap(([id, { isDefault }]) => (isDefault ? id : []))
}
