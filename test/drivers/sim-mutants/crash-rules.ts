/** Mutants that break rule 3 or rule 4. */
import { DriverError } from '../../../src/driver/index.ts'
import type { Control, VmHandle, VmSpec } from '../../../src/driver/index.ts'
import { Base, deaf, isCode } from './base.ts'
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
    name: 'it removes the VM before its disks, and looks for disks only where there is a VM',
    breaks: 3,
    check: 'finishes ensureAbsent when it is killed after any native call',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref]: Absent): Promise<void> {
          const { store } = parts
          const vm = store.get(ref)
          if (vm === undefined || vm.isForeign === true) return
          store.delete(ref)
          for (const id of store.disksOf(ref)) store.deleteDisk(ref, id)
        }
      })(parts),
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
          if (control.signal.aborted) throw new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'none' })
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
]
