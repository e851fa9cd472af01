/** Mutants that break the interface, rule 1 or rule 2. */
import { randomUUID } from 'node:crypto'
import type { DiskImage } from '../../../drivers/sim/disk-contents.ts'
import { rfbScreen } from '../../../drivers/sim/rfb-screen.ts'
import { screenshotOf } from '../../../drivers/sim/screenshot.ts'
import { serialPort } from '../../../drivers/sim/serial-port.ts'
import { SimDriver, type SimParts } from '../../../drivers/sim/sim-driver.ts'
import type { SimDisk } from '../../../drivers/sim/vm-store.ts'
import { DriverError } from '../../../src/driver/index.ts'
import type {
  Control,
  Health,
  RemoteConsoleAbility,
  AdminPasswordAbility,
  RescueAbility,
  ResizeAbility,
  ScreenshotAbility,
  SnapshotAbility,
  StatsAbility,
  VmHandle,
  VmSpec,
  VmState,
} from '../../../src/driver/index.ts'
import { Base } from './base.ts'
import type { Absent, Mutant, Power } from './base.ts'

export const interfaceMutants: readonly Mutant[] = [
  {
    name: 'its screens outlive its guests',
    breaks: 0,
    check: 'remoteConsole: a vnc stream is an RFB server',
    make: (parts) =>
      new (class extends Base {
        override readonly remoteConsole: RemoteConsoleAbility = { kinds: ['vnc'], open: async () => rfbScreen() }
      })(parts),
  },
  {
    name: 'it opens consoles of guests that are off',
    breaks: 0,
    check: 'remoteConsole: of neither a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly remoteConsole: RemoteConsoleAbility = { kinds: ['vnc'], open: async () => rfbScreen() }
      })(parts),
  },
  {
    name: 'its picture of a screen is cut short',
    breaks: 0,
    check: 'screenshot: of a guest that is on or paused',
    make: (parts) =>
      new (class extends Base {
        override readonly screenshot: ScreenshotAbility = {
          take: async (ref) => (await new SimDriver(parts).screenshot.take(ref)).subarray(0, -20),
        }
      })(parts),
  },
  {
    name: 'it shows the screens of guests that are off',
    breaks: 0,
    check: 'screenshot: of neither a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly screenshot: ScreenshotAbility = {
          take: (ref) => screenshotOf({ instanceId: ref.instanceId, power: 'on' }),
        }
      })(parts),
  },
  {
    name: 'it passes over the limits that it offers to keep',
    breaks: 0,
    check: 'takes limits of every kind',
    make: (parts) =>
      new (class extends Base {
        override ensurePresent({ limits: _, ...spec }: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent(spec, control)
        }
      })(parts),
  },
  {
    name: 'everybody has the serial console at once',
    breaks: 0,
    check: 'remoteConsole: of a serial console the newest',
    make: (parts) =>
      new (class extends Base {
        override readonly remoteConsole: RemoteConsoleAbility = {
          kinds: ['serial'],
          open: async () => serialPort(() => undefined),
        }
      })(parts),
  },
  {
    name: 'it tells what a guest consumes that is off',
    breaks: 0,
    check: 'stats: of neither a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly stats: StatsAbility = {
          read: async () => ({ cpuTimeNs: 0, memoryBytes: 0, disks: [], nics: [] }),
        }
      })(parts),
  },
  {
    name: 'its fingerprint goes on after the signal',
    breaks: 0,
    check: 'says how it is within a second',
    make: (parts) =>
      new (class extends Base {
        override async *fingerprint(_signal: AbortSignal): AsyncIterable<Health> {
          yield { status: 'healthy', message: 'simulated' }
          await new Promise(() => undefined)
        }
      })(parts),
  },
  {
    name: 'it switches its guests off when it is closed',
    breaks: 0,
    check: 'leaves guests running when it is closed',
    make: (parts) =>
      new (class extends Base {
        override async close(): Promise<void> {
          for (const vm of parts.store.all()) parts.store.put({ ...vm, power: 'off' })
        }
      })(parts),
  },
  {
    name: 'it resizes nothing and says that it did',
    breaks: 0,
    check: 'resize: from then on its spec is the new one',
    make: (parts) =>
      new (class extends Base {
        override readonly resize: ResizeAbility = { resize: async () => {} }
      })(parts),
  },
  {
    name: 'it resizes running guests',
    breaks: 0,
    check: 'resize: neither a running guest',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly resize: ResizeAbility = {
          resize: async (spec, control) => {
            const vm = parts.store.get(spec)
            if (vm?.power === 'on') parts.store.put({ ...vm, power: 'off' })
            await whole.resize.resize(spec, control)
          },
        }
      })(parts)
    },
  },
  {
    name: 'it keeps the disk of a rescue',
    breaks: 0,
    check: 'rescue: boots with one disk more',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly rescue: RescueAbility = { ...whole.rescue, unrescue: async () => {} }
      })(parts)
    },
  },
  {
    name: 'it leaves the first password for good',
    breaks: 0,
    check: 'setAdminPassword: the newest opens the guest',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly setAdminPassword: AdminPasswordAbility = {
          set: async (ref, password, control) => {
            if (parts.store.get(ref)?.passwordHash === undefined)
              await whole.setAdminPassword.set(ref, password, control)
          },
        }
      })(parts)
    },
  },
  {
    name: 'its snapshots are as small as the image',
    breaks: 10,
    check: 'snapshot: gives all of the disk of a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly snapshot = snapshotOf(parts, { sizeBytes: 512 })
      })(parts),
  },
  {
    name: 'it forgets the file of a snapshot',
    breaks: 10,
    check: 'snapshot: gives all of the disk of a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly snapshot = snapshotOf(parts, {}, async () => {})
      })(parts),
  },
  {
    name: 'its console begins anew with each boot',
    breaks: 0,
    check: 'console: survives a restart',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          const vm = parts.store.get(ref)
          if (vm !== undefined) parts.store.put({ ...vm, console: '' })
          await super.setPower(ref, want, options, control)
        }
      })(parts),
  },
]

/** The simulated driver's own, of another disk or without its end. */
function snapshotOf(
  { store, contents }: SimParts,
  changes: Partial<SimDisk>,
  end: (image: DiskImage) => Promise<void> = async (image) => image[Symbol.asyncDispose](),
): SnapshotAbility {
  return {
    formats: ['qcow2'],
    async *read(ref, { diskId }, { signal }) {
      const disk = store.getDisk(ref, diskId)
      if (disk === undefined) return
      const image = await contents.makeImage({ ...disk, ...changes }, signal)
      yield* image.read()
      await end(image)
    },
  }
}

export const ensureMutants: readonly Mutant[] = [
  {
    name: 'it answers another handle each time',
    breaks: 1,
    check: 'answers the same handle',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          await super.ensurePresent(spec, control)
          return { version: 1, data: randomUUID() }
        }
      })(parts),
  },
  {
    name: 'it takes another spec of the same id for the same VM',
    breaks: 1,
    check: 'answers CONFLICT to the same id',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          if ((await this.get(spec))?.power === 'off') return { version: 1, data: null }
          return super.ensurePresent(spec, control)
        }
      })(parts),
  },
  {
    name: 'it does not find an unknown VM absent',
    breaks: 1,
    check: 'finds an unknown VM absent already',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          if ((await this.get(ref)) === null)
            throw new DriverError('NOT_FOUND', 'There is no such VM.', { effect: 'none' })
          await super.ensureAbsent(ref, options, control)
        }
      })(parts),
  },
  {
    name: 'it removes the disks that it shall keep',
    breaks: 1,
    check: 'keeps the disks that it is told to keep',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, , control]: Absent): Promise<void> {
          await super.ensureAbsent(ref, {}, control)
        }
      })(parts),
  },
  {
    name: 'it leaves the disks of a VM behind',
    breaks: 1,
    check: 'removes a running guest',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, , control]: Absent): Promise<void> {
          await super.ensureAbsent(ref, { keepDisks: parts.store.disksOf(ref) }, control)
        }
      })(parts),
  },
]

export const identityMutants: readonly Mutant[] = [
  {
    name: 'it does not list half-built VMs',
    breaks: 2,
    check: 'finds the half-built VM after a crash',
    make: (parts) =>
      new (class extends Base {
        override async list(): Promise<readonly VmState[]> {
          return (await super.list()).filter(({ power }) => power !== 'building')
        }
      })(parts),
  },
  {
    name: 'it lists guests that are not ours',
    breaks: 2,
    check: 'never lists or tells of a guest that is not ours',
    make: (parts) =>
      new (class extends Base {
        override async list(): Promise<readonly VmState[]> {
          return parts.store.all().map((vm) => ({ ...vm, handle: { version: 1, data: null } }))
        }
      })(parts),
  },
  {
    name: 'it removes guests that are not ours',
    breaks: 2,
    check: 'never touches a guest that is not ours',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          await super.ensureAbsent(ref, options, control)
          for (const vm of parts.store.all()) if (vm.instanceId === ref.instanceId) parts.store.delete(vm)
        }
      })(parts),
  },
  {
    name: 'it cuts long names',
    breaks: 2,
    check: 'takes any name as a label',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          return super.ensurePresent({ ...spec, name: spec.name.slice(0, 64) }, control)
        }
      })(parts),
  },
]
