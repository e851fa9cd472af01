/** Mutants that break rule 3 or rule 4. */
import { SimDriver } from '../../../drivers/sim/sim-driver.ts'
import { unchanged } from '../../../drivers/sim/unchanged.ts'
import { DriverError } from '../../../src/driver/index.ts'
import type {
  Control,
  PauseAbility,
  RescueAbility,
  SuspendAbility,
  VmHandle,
  VmSpec,
} from '../../../src/driver/index.ts'
import { Base, deaf, heed, isCode } from './base.ts'
import type { Absent, Mutant } from './base.ts'

export const resumeMutants: readonly Mutant[] = [
  {
    name: 'it takes a checkpoint for the work itself',
    breaks: 3,
    check: 'goes on from every checkpoint of ensurePresent',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          if (control.resume !== undefined) return { version: 1, data: null }
          return super.ensurePresent(spec, control)
        }
      })(parts),
  },
  {
    name: 'it disowns a VM before it removes it',
    breaks: 3,
    check: 'finishes ensureAbsent when it is killed after any native call',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          heed(control)
          const { store } = parts
          const vm = store.get(ref)
          if (vm === undefined || vm.isForeign === true) return super.ensureAbsent(ref, options, control)
          store.put({ ...vm, isForeign: true })
          const { keepDisks = [] } = options
          for (const id of store.disksOf(ref)) if (!keepDisks.includes(id)) store.deleteDisk(ref, id)
          store.delete(ref)
          if (store.get(ref) !== undefined) throw unchanged()
        }
      })(parts),
  },
  {
    name: 'a VM whose pause was not answered is busy for good',
    breaks: 3,
    check: 'finishes pause when it loses its session after any native call',
    make: (parts) => {
      const whole = new SimDriver(parts)
      const busy = new Set<string>()
      return new (class extends Base {
        override readonly pause: PauseAbility = {
          ...whole.pause,
          pause: async (ref, control) => {
            if (busy.has(ref.instanceId))
              throw new DriverError('BUSY', 'The VM is being paused.', { effect: 'none', retry: 'never' })
            await whole.pause.pause(ref, control).catch((error: unknown) => {
              if (isCode(error, 'UNREACHABLE')) busy.add(ref.instanceId)
              throw error
            })
          },
        }
      })(parts)
    },
  },
  {
    name: 'it forgets its VMs in recover',
    breaks: 3,
    check: 'hands VMs back after a restart',
    make: (parts) =>
      new (class extends Base {
        override async recover(): Promise<VmHandle> {
          throw new DriverError('NOT_FOUND', 'The host has no such VM.', { effect: 'none' })
        }
      })(parts),
  },
]

export const cancelMutants: readonly Mutant[] = [
  {
    name: 'it does not hear the signal',
    breaks: 4,
    check: 'does nothing for ensurePresent when it is cancelled before it began',
    make: (parts) =>
      new (class extends Base {
        override ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, deaf(control))
        }
      })(parts),
  },
  {
    name: 'it waits for an image that never comes',
    breaks: 4,
    check: 'stops waiting for an image that never comes',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          heed(control)
          return super.ensurePresent(spec, deaf(control))
        }
      })(parts),
  },
  {
    name: 'what it leaves of a cancelled VM cannot be finished',
    breaks: 4,
    check: 'stops ensurePresent at every checkpoint and progress',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, control).catch((error: unknown) => {
            const { instanceId, nodeId, name } = spec
            const rest = { power: 'building', specHash: 'cancelled', console: '' } as const
            if (isCode(error, 'CANCELLED')) parts.store.put({ instanceId, nodeId, name, ...rest })
            throw error
          })
        }
      })(parts),
  },
  {
    name: 'it suspends a guest although it was told to stop',
    breaks: 4,
    check: 'does nothing for suspend when it is cancelled before it began',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly suspend: SuspendAbility = {
          ...whole.suspend,
          suspend: (ref, control) => whole.suspend.suspend(ref, deaf(control)),
        }
      })(parts)
    },
  },
  {
    name: 'a rescue that was cancelled half way cannot be finished',
    breaks: 4,
    check: 'stops rescue at every checkpoint and progress',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly rescue: RescueAbility = {
          ...whole.rescue,
          rescue: async (spec, image, control) => {
            heed(control)
            await whole.rescue.rescue(spec, image, control).catch((error: unknown) => {
              const vm = parts.store.get(spec)
              if (vm !== undefined && isCode(error, 'CANCELLED')) parts.store.put({ ...vm, power: 'building' })
              throw error
            })
          },
        }
      })(parts)
    },
  },
]
