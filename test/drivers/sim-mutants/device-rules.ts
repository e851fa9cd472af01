/** Mutants that attach and detach otherwise than the contract wants it. */
import type { SimParts } from '../../../drivers/sim/sim-driver.ts'
import { SimDriver } from '../../../drivers/sim/sim-driver.ts'
import { shapeOf } from '../../../drivers/sim/vm-store.ts'
import { hashSpec, withoutDisk, withoutNic } from '../../../src/driver/index.ts'
import type { DisksAbility, NicsAbility, StatsAbility, VmSpec } from '../../../src/driver/index.ts'
import { Base } from './base.ts'
import type { Mutant } from './base.ts'

type DiskChanges = (whole: SimDriver, parts: SimParts) => Partial<DisksAbility>
type NicChanges = (whole: SimDriver, parts: SimParts) => Partial<NicsAbility>

function withDisks(changes: DiskChanges): NonNullable<Mutant['make']> {
  return (parts) => {
    const whole = new SimDriver(parts)
    return new (class extends Base {
      override readonly disks: DisksAbility = { ...whole.disks, ...changes(whole, parts) }
    })(parts)
  }
}

function withNics(changes: NicChanges): NonNullable<Mutant['make']> {
  return (parts) => {
    const whole = new SimDriver(parts)
    return new (class extends Base {
      override readonly nics: NicsAbility = { ...whole.nics, ...changes(whole, parts) }
    })(parts)
  }
}

/** Its VM says that it is made of that spec, whatever it has. */
function claim({ store }: SimParts, spec: VmSpec): void {
  const vm = store.get(spec)
  if (vm !== undefined) store.put({ ...vm, ...shapeOf(spec), specHash: hashSpec(spec) })
}

export const deviceMutants: readonly Mutant[] = [
  {
    name: 'it attaches no disk and says that it did',
    breaks: 0,
    check: 'disks: what is attached while a VM is off',
    make: withDisks(() => ({ attach: async () => {} })),
  },
  {
    name: 'it attaches disks to guests that run, and forgets them in its spec',
    breaks: 0,
    check: 'disks: a guest that runs gets one',
    make: withDisks((whole, { store }) => ({
      attach: async (spec, diskId, control) => {
        if (store.get(spec)?.power === 'on') store.putDisk(spec, diskId, { sizeBytes: 1 })
        else await whole.disks.attach(spec, diskId, control)
      },
    })),
  },
  {
    name: 'it leaves the file of a disk that it detached',
    breaks: 0,
    check: 'disks: a guest that runs loses one',
    make: withDisks((_whole, parts) => ({
      detach: async (spec, diskId) => claim(parts, withoutDisk(spec, diskId)),
    })),
  },
  {
    name: 'it takes a disk from a guest that does not let go of it',
    breaks: 0,
    check: 'disks: a guest that does not let go',
    make: withDisks((whole, { store }) => ({
      detach: async (spec, diskId, control) => {
        store.hold(false)
        await whole.disks.detach(spec, diskId, control)
      },
    })),
  },
  {
    name: 'it attaches a disk to whatever VM has the id',
    breaks: 0,
    check: 'disks: neither of a VM that differs',
    make: withDisks((whole, parts) => ({
      attach: async (spec, diskId, control) => {
        claim(parts, withoutDisk(spec, diskId))
        await whole.disks.attach(spec, diskId, control)
      },
    })),
  },
  {
    name: 'it attaches disks to guests that sleep on disk',
    breaks: 0,
    check: 'disks: neither while it is suspended',
    make: withDisks((whole, parts) => ({
      attach: async (spec, diskId, control) => {
        const vm = parts.store.get(spec)
        if (vm?.power !== 'suspended') return whole.disks.attach(spec, diskId, control)
        parts.store.put({ ...vm, power: 'off' })
        await whole.disks.attach(spec, diskId, control)
      },
    })),
  },
  {
    name: 'it says that a disk is attached before it is there',
    breaks: 3,
    check: 'finishes disks.attach while it is on when it is killed after any native call',
    make: withDisks((whole, parts) => ({
      attach: async (spec, diskId, control) => {
        const { store } = parts
        if (store.get(spec)?.specHash === hashSpec(spec)) return whole.disks.attach(spec, diskId, control)
        claim(parts, spec)
        store.putDisk(spec, diskId, { sizeBytes: 1 })
      },
    })),
  },
  {
    name: 'it believes a hypervisor that attaches nothing',
    breaks: 5,
    check: 'does not believe a hypervisor that answers success to disks.attach while it is on',
    make: withDisks((_whole, parts) => ({
      attach: async (spec, diskId) => {
        parts.store.putDisk(spec, diskId, { sizeBytes: 1 })
        claim(parts, spec)
      },
    })),
  },
  {
    name: 'what lies on a disk that it attaches is not its image',
    breaks: 10,
    check: 'snapshot: of a disk that was attached',
    make: withDisks((whole, { store }) => ({
      attach: async (spec, diskId, control) => {
        await whole.disks.attach(spec, diskId, control)
        store.putDisk(spec, diskId, { sizeBytes: store.getDisk(spec, diskId)?.sizeBytes ?? 1 })
      },
    })),
  },
  {
    name: 'it attaches no NIC and says that it did',
    breaks: 0,
    check: 'nics: a guest that runs gets one',
    make: withNics(() => ({ attach: async () => {} })),
  },
  {
    name: 'it leaves a NIC in place that it detached',
    breaks: 0,
    check: 'nics: a guest that runs loses one',
    make: withNics((_whole, { store }) => ({
      detach: async (spec, nicId) => {
        const vm = store.get(spec)
        if (vm !== undefined) store.put({ ...vm, specHash: hashSpec(withoutNic(spec, nicId)) })
      },
    })),
  },
  {
    name: 'it tells nothing of what a NIC carried',
    breaks: 0,
    check: 'nics: a guest that runs gets one',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly stats: StatsAbility = {
          read: async (ref) => ({ ...(await whole.stats.read(ref)), nics: [] }),
        }
      })(parts)
    },
  },
]
