/** Mutants that break one of the rules 7 to 12. */
import { randomUUID } from 'node:crypto'
import { simPlugin } from '../../../drivers/sim/index.ts'
import { DriverError } from '../../../src/driver/index.ts'
import type { Control, NodeInventory, PowerWant, VmHandle, VmRef, VmSpec } from '../../../src/driver/index.ts'
import { Base } from './base.ts'
import type { Mutant, Power } from './base.ts'

export const otherMutants: readonly Mutant[] = [
  {
    name: 'it works on the VM that was named last',
    breaks: 7,
    check: 'as many VMs at once as it says',
    make: (parts) => {
      let current: VmRef | undefined
      return new (class extends Base {
        override async setPower(ref: VmRef, want: PowerWant, options: object, control: Control): Promise<void> {
          current = ref
          await new Promise((resolve) => setTimeout(resolve, 1))
          await super.setPower(current, want, options, control)
        }
      })(parts)
    },
  },
  {
    name: 'its progress goes back',
    breaks: 8,
    check: 'reports ensurePresent in known phases',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          const handle = await super.ensurePresent(spec, control)
          control.progress({ phase: 'fetch-image', doneBytes: 1 })
          return handle
        }
      })(parts),
  },
  {
    name: 'its phases are its own',
    breaks: 8,
    check: 'reports setPower on in known phases',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          control.progress({ phase: 'warming up' as never })
          await super.setPower(ref, want, options, control)
        }
      })(parts),
  },
  {
    name: 'its second host has another id after a restart',
    breaks: 9,
    check: 'has the same nodes after a restart',
    make: (parts) => {
      const told = parts.nodes.map((node, index) => (index === 0 ? node : { ...node, id: randomUUID() }))
      return new (class extends Base {
        override async nodes(): Promise<readonly NodeInventory[]> {
          return told
        }
      })(parts)
    },
  },
  {
    name: 'it tells what is free instead of what is there',
    breaks: 9,
    check: 'counts totals, not what is free',
    make: (parts) =>
      new (class extends Base {
        override async nodes(): Promise<readonly NodeInventory[]> {
          const used = parts.store.all().length
          return parts.nodes.map((node) => ({ ...node, vcpus: node.vcpus - used }))
        }
      })(parts),
  },
  {
    name: 'it cannot take the streams that it offers to take',
    breaks: 10,
    check: 'takes every image that the fixture has',
    make: (parts) =>
      new (class extends Base {
        override ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          const open: Control['images']['open'] = async (image, signal) => {
            const opened = await control.images.open(image, signal)
            if (opened.via === 'stream') throw new DriverError('UNSUPPORTED', 'Only files.', { effect: 'none' })
            return opened
          }
          return super.ensurePresent(spec, { ...control, images: { open } })
        }
      })(parts),
  },
  {
    name: 'it takes any setting',
    breaks: 12,
    check: 'takes no setting that it does not know',
    plugin: { ...simPlugin, manifest: { ...simPlugin.manifest, configSchema: { type: 'object' } } },
  },
]
