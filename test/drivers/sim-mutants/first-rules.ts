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
  ConsoleAbility,
  Control,
  DriverEvent,
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
import { Base, heed, isCode } from './base.ts'
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
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly stats: StatsAbility = {
          read: (ref) =>
            whole.stats.read(ref).catch((error: unknown) => {
              if (!isCode(error, 'WRONG_STATE')) throw error
              return { cpuTimeNs: 0, memoryBytes: 0, disks: [], nics: [] }
            }),
        }
      })(parts)
    },
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
        override readonly resize: ResizeAbility = { resize: async (_spec, control) => heed(control) }
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
    name: 'it keeps the disk of a rescue that its guest booted from',
    breaks: 0,
    check: 'rescue: boots with one disk more',
    make: (parts) => {
      const whole = new SimDriver(parts)
      return new (class extends Base {
        override readonly rescue: RescueAbility = {
          ...whole.rescue,
          unrescue: async (spec, control) => {
            const hasBooted = (parts.store.get(spec)?.console ?? '') !== ''
            if (!hasBooted) await whole.rescue.unrescue(spec, control)
          },
        }
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
    name: 'its snapshots of guests that are off are as small as the image',
    breaks: 10,
    check: 'snapshot: gives all of the disk of a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly snapshot = snapshotOf(parts, { sizeBytes: 512 })
      })(parts),
  },
  {
    name: 'it forgets the file of a snapshot of a guest that is off',
    breaks: 10,
    check: 'snapshot: gives all of the disk of a guest that is off',
    make: (parts) =>
      new (class extends Base {
        override readonly snapshot = snapshotOf(parts, {}, async () => {})
      })(parts),
  },
  {
    name: 'it tells nothing of guests that are off',
    breaks: 0,
    check: 'tells of a guest that somebody else switched off',
    make: (parts) =>
      new (class extends Base {
        override async *events(signal: AbortSignal): AsyncIterable<DriverEvent> {
          for await (const event of super.events(signal))
            if (parts.store.all().some((vm) => vm.instanceId === event.instanceId && vm.power !== 'off')) yield event
        }
      })(parts),
  },
  {
    name: 'its console gives all that it has',
    breaks: 0,
    check: 'console: is empty before the first boot',
    make: (parts) => {
      const { console } = new SimDriver(parts)
      return new (class extends Base {
        override readonly console: ConsoleAbility = {
          readLog: (ref) => console.readLog(ref, { maxBytes: Number.MAX_SAFE_INTEGER }),
        }
      })(parts)
    },
  },
  {
    name: 'its console begins anew with each start',
    breaks: 0,
    check: 'console: survives a restart',
    make: (parts) =>
      new (class extends Base {
        override async setPower(...[ref, want, options, control]: Power): Promise<void> {
          const vm = parts.store.get(ref)
          if (vm?.power === 'off' && want === 'on') parts.store.put({ ...vm, console: '' })
          await super.setPower(ref, want, options, control)
        }
      })(parts),
  },
]

/** The simulated driver's own; of guests that are off, of another disk or without its end. */
function snapshotOf(
  parts: SimParts,
  changes: Partial<SimDisk>,
  end: (image: DiskImage) => Promise<void> = async (image) => image[Symbol.asyncDispose](),
): SnapshotAbility {
  const { store, contents } = parts
  const { snapshot } = new SimDriver(parts)
  return {
    ...snapshot,
    async *read(ref, wanted, control) {
      const disk = store.getDisk(ref, wanted.diskId)
      const isOff = store.get(ref)?.power === 'off'
      if (!isOff || disk === undefined || !snapshot.formats.includes(wanted.format))
        return yield* snapshot.read(ref, wanted, control)
      const image = await contents.makeImage({ ...disk, ...changes }, control.signal)
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
          const isThere = (await this.get(spec)) !== null
          const handle = await super.ensurePresent(spec, control)
          return isThere ? { version: 1, data: randomUUID() } : handle
        }
      })(parts),
  },
  {
    name: 'it takes a spec of the same id with another memory for the same VM',
    breaks: 1,
    check: 'answers CONFLICT to the same id',
    make: (parts) =>
      new (class extends Base {
        override async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
          const memoryBytes = parts.store.get(spec)?.memoryBytes ?? spec.memoryBytes
          return super.ensurePresent({ ...spec, memoryBytes }, control)
        }
      })(parts),
  },
  {
    name: 'it does not find a VM absent of which it gave a handle',
    breaks: 1,
    check: 'finds an unknown VM absent already',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          if (ref.handle !== undefined && (await this.get(ref)) === null)
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
    name: 'told to keep one disk of a VM, it leaves them all behind',
    breaks: 1,
    check: 'keeps the disks that it is told to keep',
    make: (parts) =>
      new (class extends Base {
        override async ensureAbsent(...[ref, options, control]: Absent): Promise<void> {
          const keepDisks = options.keepDisks === undefined ? [] : parts.store.disksOf(ref)
          await super.ensureAbsent(ref, { keepDisks }, control)
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
          const vm = parts.store.get(ref)
          if (vm?.isForeign === true) parts.store.delete(vm)
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
