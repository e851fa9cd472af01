/** Mutants that break rule 5 or rule 6. */
import { SimDriver } from '../../../drivers/sim/sim-driver.ts'
import { DriverError } from '../../../src/driver/index.ts'
import type {
  Control,
  PauseAbility,
  SuspendAbility,
  VmHandle,
  VmRef,
  VmSpec,
  VmState,
} from '../../../src/driver/index.ts'
import { Base, isCode } from './base.ts'
import type { Absent, Mutant, Power } from './base.ts'

export const readBackMutants: readonly Mutant[] = [
  {
    name: 'it answers before a guest that was paused is off',
    breaks: 5,
    check: 'power truth table from the state paused',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          const work = (): Promise<void> => super.setPower(ref, want, options, control)
          if (want !== 'soft-off' || parts.store.get(ref)?.power !== 'paused') return work()
          setTimeout(() => void work().catch(() => undefined), 5)
        }
      })(parts),
  },
  {
    name: 'its reset resets nothing',
    breaks: 5,
    // By a reset that check sees that a guest which came over has its console with it.
    alsoBreaks: [11],
    check: 'really resets the guest',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          await super.setPower(ref, want === 'reset' ? 'on' : want, options, control)
        }
      })(parts),
  },
  {
    name: 'it believes a hypervisor that answers success and changes nothing',
    breaks: 5,
    check: 'does not believe a hypervisor that answers success to setPower on',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          await super.setPower(ref, want, options, control).catch((error: unknown) => {
            if (!isCode(error, 'HYPERVISOR')) throw error
          })
        }
      })(parts),
  },
  {
    name: 'it believes a hypervisor that suspends nothing',
    breaks: 5,
    check: 'does not believe a hypervisor that answers success to suspend',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly suspend: SuspendAbility = {
          ...whole.suspend,
          suspend: (ref, control) =>
            whole.suspend.suspend(ref, control).catch((error: unknown) => {
              if (!isCode(error, 'HYPERVISOR')) throw error
            }),
        }
      })(parts)
    },
  },
  {
    name: 'it takes a VM that is gone for one that is off',
    breaks: 5,
    check: 'tells that a VM is gone, not off',
    make: (parts) => {
      const made = new Map<string, VmState>()
      return new (class extends Base {
        override async get(ref: VmRef): Promise<VmState | null> {
          const found = await super.get(ref)
          if (found !== null) made.set(ref.instanceId, found)
          return found ?? made.get(ref.instanceId) ?? null
        }
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          const { instanceId, nodeId, name } = spec
          const handle = await super.ensurePresent(spec, control)
          made.set(instanceId, { instanceId, nodeId, name, power: 'off', handle })
          return handle
        }
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          await super.ensureAbsent(ref, options, control)
          made.delete(ref.instanceId)
        }
      })(parts)
    },
  },
]

export const errorMutants: readonly Mutant[] = [
  {
    name: 'it throws an error of its own class',
    breaks: 6,
    check: 'answers NOT_FOUND for a VM that is not there',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly pause: PauseAbility = {
          ...whole.pause,
          pause: async (ref, control) => {
            if ((await whole.get(ref)) === null) throw new Error('no such VM')
            await whole.pause.pause(ref, control)
          },
        }
      })(parts)
    },
  },
  {
    name: 'it tells tenants its paths',
    breaks: 6,
    check: 'answers IMAGE_BAD to an image that is gone',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, control).catch((error: unknown) => {
            if (!isCode(error, 'IMAGE_BAD')) throw error
            throw new DriverError('IMAGE_BAD', 'The image /var/lib/images/x is bad.', { effect: 'none' })
          })
        }
      })(parts),
  },
  {
    name: 'it does not look at the sha256 of an image',
    breaks: 6,
    check: 'bytes that do not match the sha256',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, control).catch((error: unknown) => {
            if (!isCode(error, 'IMAGE_BAD') || !/sha256/.test(String(error))) throw error
            return new SimDriver({ ...parts, config: { ...parts.config, readImages: false } }).ensurePresent(
              spec,
              control,
            )
          })
        }
      })(parts),
  },
  {
    name: 'it says that nothing was done, and left something',
    breaks: 6,
    check: 'answers IMAGE_BAD to bytes that do not match',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, control).catch((error: unknown) => {
            if (isCode(error, 'IMAGE_BAD')) parts.store.putDisk(spec, 'root', { sizeBytes: 1 })
            throw error
          })
        }
      })(parts),
  },
]
