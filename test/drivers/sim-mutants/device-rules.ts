/** Mutants that attach and detach otherwise than the contract wants it. */
import type { SimParts } from '../../../drivers/sim/sim-driver.ts'
import { SimDriver } from '../../../drivers/sim/sim-driver.ts'
import { unchanged } from '../../../drivers/sim/unchanged.ts'
import { shapeOf, type SimVm } from '../../../drivers/sim/vm-store.ts'
import { DriverError, hashSpec, withoutDisk } from '../../../src/driver/index.ts'
import type { DisksAbility, DiskSpec, NicsAbility, StatsAbility, VmSpec } from '../../../src/driver/index.ts'
import { Base, heed } from './base.ts'
import type { Mutant, Power } from './base.ts'

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

/** @param give attaches an empty disk to a guest that runs, in the place of the sound driver */
function attachingBlanks(give: (parts: SimParts, spec: VmSpec, disk: DiskSpec) => void): NonNullable<Mutant['make']> {
  return withDisks(({ disks }, parts) => ({
    attach: async (spec, diskId, control) => {
      const disk = spec.disks.find(({ id }) => id === diskId)
      const vm = parts.store.get(spec)
      const isNew = vm?.power === 'on' && vm.specHash === hashSpec(withoutDisk(spec, diskId))
      if (!isNew || disk?.source.kind !== 'blank') return disks.attach(spec, diskId, control)
      heed(control)
      give(parts, spec, disk)
    },
  }))
}

/** @param forget what happens to a guest that ran, once it is off */
function whenSwitchedOff(forget: (parts: SimParts, vm: SimVm) => void): NonNullable<Mutant['make']> {
  return (parts) =>
    new (class extends Base {
      override async setPower(...[ref, want, options, control]: Power): Promise<void> {
        const vm = parts.store.get(ref)
        await super.setPower(ref, want, options, control)
        if (vm?.power === 'on' && want === 'off') forget(parts, vm)
      }
    })(parts)
}

export const deviceMutants: readonly Mutant[] = [
  {
    name: 'it attaches no disk to a VM that is off and says that it did',
    breaks: 0,
    check: 'disks: what is attached while a VM is off',
    make: withDisks(({ disks }, { store }) => ({
      attach: async (spec, diskId, control) => {
        heed(control)
        if (store.get(spec)?.power !== 'off') await disks.attach(spec, diskId, control)
      },
      detach: async (spec, diskId, control) => {
        heed(control)
        await disks.detach(spec, diskId, control)
      },
    })),
  },
  {
    name: 'its guests have the disks that they get until they are switched off',
    breaks: 0,
    check: 'disks: a guest that runs gets one',
    make: whenSwitchedOff(({ store }, vm) => {
      for (const id of store.disksOf(vm)) if (id !== 'root') store.deleteDisk(vm, id)
    }),
  },
  {
    name: 'it does not attach again what a guest let go of',
    breaks: 0,
    check: 'disks: a guest that runs loses one',
    make: withDisks(({ disks }) => {
      const detached = new Set<string>()
      return {
        attach: async (spec, diskId, control) => {
          if (detached.has(`${spec.instanceId}/${diskId}`))
            throw new DriverError('CONFLICT', 'The VM has such a disk.', { effect: 'none' })
          await disks.attach(spec, diskId, control)
        },
        detach: async (spec, diskId, control) => {
          await disks.detach(spec, diskId, control)
          detached.add(`${spec.instanceId}/${diskId}`)
        },
      }
    }),
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
    make: attachingBlanks((parts, spec, { id, sizeBytes }) => {
      claim(parts, spec)
      parts.store.putDisk(spec, id, { sizeBytes })
      if (parts.store.getDisk(spec, id) === undefined) throw unchanged()
    }),
  },
  {
    name: 'it believes a hypervisor that attaches nothing',
    breaks: 5,
    check: 'does not believe a hypervisor that answers success to disks.attach while it is on',
    make: attachingBlanks((parts, spec, { id, sizeBytes }) => {
      parts.store.putDisk(spec, id, { sizeBytes })
      claim(parts, spec)
    }),
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
    name: 'its guests have the NICs that they get until they are switched off',
    breaks: 0,
    check: 'nics: a guest that runs gets one',
    make: whenSwitchedOff(({ store }, vm) => store.put({ ...vm, power: 'off', nics: [] })),
  },
  {
    name: 'it takes a NIC that it detached for one that is there',
    breaks: 0,
    check: 'nics: a guest that runs loses one',
    make: withNics(({ nics }) => {
      const detached = new Set<string>()
      return {
        attach: async (spec, nicId, control) => {
          if (!detached.has(`${spec.instanceId}/${nicId}`)) await nics.attach(spec, nicId, control)
        },
        detach: async (spec, nicId, control) => {
          await nics.detach(spec, nicId, control)
          detached.add(`${spec.instanceId}/${nicId}`)
        },
      }
    }),
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
