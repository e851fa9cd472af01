/** What a driver says that it can do, in short: the columns of the capability matrix. */
import {
  abilitiesOf,
  type Ability,
  type ConsoleKind,
  type Driver,
  type Firmware,
  type LimitKind,
  type NetworkKind,
  type PowerWant,
} from '../../src/driver/index.ts'

export interface Offer {
  readonly hypervisorTypes: readonly string[]
  readonly vmModes: readonly string[]
  readonly architectures: readonly string[]
  /** The best first. */
  readonly diskFormats: readonly string[]
  readonly power: readonly PowerWant[]
  readonly networks: readonly NetworkKind[]
  readonly firmwares: readonly Firmware[]
  readonly limitable: readonly LimitKind[]
  readonly consoles: readonly ConsoleKind[]
  readonly abilities: readonly Ability[]
}

export function offerOf(driver: Driver): Offer {
  const {
    hypervisorTypes,
    vmModes,
    architectures,
    disk,
    power,
    networks = [],
    firmwares = ['bios'],
    limitable = [],
  } = driver.capabilities()
  return {
    hypervisorTypes,
    vmModes,
    architectures,
    diskFormats: [...new Set(disk.map(({ format }) => format))],
    power,
    networks,
    firmwares,
    limitable,
    consoles: driver.remoteConsole?.kinds ?? [],
    abilities: abilitiesOf(driver),
  }
}
