/** What is attached and detached, as data: a disk and a NIC go the same ways. */
import type { Control, DiskSpec, Driver, NicSpec, VmSpec } from '../../src/driver/index.ts'
import type { Bench } from './bench.ts'
import { without } from './check.ts'

export interface DeviceKind {
  readonly ability: 'disks' | 'nics'
  /** The VM with that device in it. */
  readonly add: (spec: VmSpec) => VmSpec
  readonly attach: (driver: Driver, spec: VmSpec, control: Control) => Promise<void>
  readonly detach: (driver: Driver, spec: VmSpec, control: Control) => Promise<void>
}

const disk: DiskSpec = { id: 'blank-9', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 }
const nic: NicSpec = { id: 'nic-9', macAddress: '52:54:00:6f:76:39', network: { kind: 'none' } }

export const devices: Readonly<Record<DeviceKind['ability'], DeviceKind>> = {
  disks: {
    ability: 'disks',
    add: (spec) => ({ ...spec, disks: [...spec.disks, disk] }),
    attach: async (driver, spec, control) => driver.disks?.attach(spec, disk.id, control),
    detach: async (driver, spec, control) => driver.disks?.detach(spec, disk.id, control),
  },
  nics: {
    ability: 'nics',
    add: (spec) => ({ ...spec, nics: [...spec.nics, nic] }),
    attach: async (driver, spec, control) => driver.nics?.attach(spec, nic.id, control),
    detach: async (driver, spec, control) => driver.nics?.detach(spec, nic.id, control),
  },
}

/** Why none can be taken from a guest that runs. */
export function guestsHold({ ability }: DeviceKind): (bench: Bench) => string | undefined {
  return ({ fixture: { guest, agentGuest } }) => {
    const letsGo = guest.letsGo?.[ability]
    const isNone = letsGo === null || (letsGo === 'agentGuest' && agentGuest === null)
    return isNone ? 'no guest that lets go of it can run' : undefined
  }
}

export function withoutDevices({ ability }: DeviceKind): (bench: Bench) => string | undefined {
  return (bench) => {
    const hasKind = ability === 'disks' || bench.driver.capabilities().networks?.includes('none') === true
    return without(ability)(bench) ?? (hasKind ? undefined : 'the driver offers no NIC that leads nowhere')
  }
}
