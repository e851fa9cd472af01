/**
 * A driver in a process of its own, written in whatever language: this one hands each call on to it, and starts it again when
 * it ends. docs/json-lines-drivers.md is the protocol. Owns the process, and the folder `.polyvisor` in the driver's own.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DriverError,
  type Capabilities,
  type AdminPasswordAbility,
  type ConsoleAbility,
  type Control,
  type DiskFormat,
  type DiskId,
  type DisksAbility,
  type Driver,
  type DriverEvent,
  type Health,
  type MigrateAbility,
  type NicsAbility,
  type NodeInventory,
  type PauseAbility,
  type PowerWant,
  type RemoteConsoleAbility,
  type RescueAbility,
  type ResizeAbility,
  type ScreenshotAbility,
  type SnapshotAbility,
  type StatsAbility,
  type SuspendAbility,
  type VmHandle,
  type VmRef,
  type VmSpec,
  type VmState,
} from '../../src/driver/index.ts'
import { delay } from '../../src/util/delay.ts'
import { EventQueue } from '../../src/util/event-queue.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { checked, type Shape } from './answers.ts'
import { takeConsole } from './console-in.ts'
import { ImagesIn } from './images-in.ts'
import { gone } from './rpc-errors.ts'
import { Session, type Launch, type Opened } from './session.ts'

const firstPauseMs = 100
const longestPauseMs = 30_000
/** Whoever lived that long is forgiven earlier ends. */
const healthyLifeMs = 60_000

export class JsonLinesDriver implements Driver {
  readonly #launch: Launch
  readonly #images: ImagesIn
  readonly #snapshotsDir: string
  readonly #stop = new AbortController()
  readonly #healths = new EventQueue<Health>()
  readonly #events = new EventQueue<DriverEvent>()
  #health: Health = { status: 'starting', message: 'the driver has not said yet how it is' }
  #session: Session | undefined
  #capabilities: Capabilities | undefined
  #supervision: Promise<void> = Promise.resolve()

  events?: (signal: AbortSignal) => AsyncIterable<DriverEvent>
  console?: ConsoleAbility
  remoteConsole?: RemoteConsoleAbility
  screenshot?: ScreenshotAbility
  pause?: PauseAbility
  suspend?: SuspendAbility
  stats?: StatsAbility
  resize?: ResizeAbility
  disks?: DisksAbility
  nics?: NicsAbility
  rescue?: RescueAbility
  snapshot?: SnapshotAbility
  migrate?: MigrateAbility
  setAdminPassword?: AdminPasswordAbility

  private constructor(launch: Launch, images: ImagesIn, snapshotsDir: string) {
    this.#launch = launch
    this.#images = images
    this.#snapshotsDir = snapshotsDir
  }

  /** @throws DriverError when its process does not start this first time */
  static async open(launch: Launch): Promise<JsonLinesDriver> {
    // The rest of the folder is the process's own.
    const ours = join(launch.host.stateDir, '.polyvisor')
    await rm(ours, { recursive: true, force: true })
    const [imagesDir, snapshotsDir] = [join(ours, 'images'), join(ours, 'snapshots')]
    // The disks of all tenants come by.
    await mkdir(ours, { recursive: true, mode: 0o700 })
    for (const folder of [imagesDir, snapshotsDir]) await mkdir(folder)
    const driver = new JsonLinesDriver(launch, new ImagesIn(imagesDir), snapshotsDir)
    const { session, opened } = await driver.#start()
    driver.#offer(opened)
    driver.#supervision = driver.#supervise(session)
    return driver
  }

  /** Of the process that lives now. */
  get pid(): number | undefined {
    return this.#session?.pid
  }

  capabilities(): Capabilities {
    if (this.#capabilities === undefined) throw gone('none', 'it was never opened')
    return this.#capabilities
  }

  async *fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    const changes = this.#healths.follow(signal)
    yield this.#health
    yield* changes
  }

  nodes(): Promise<readonly NodeInventory[]> {
    return this.#call('nodes', 'nodes', {})
  }

  list(): Promise<readonly VmState[]> {
    return this.#call('list', 'states', {})
  }

  get(ref: VmRef): Promise<VmState | null> {
    return this.#call('get', 'stateOrNull', { ref })
  }

  ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    return this.#call('ensurePresent', 'handle', { spec }, control)
  }

  async ensureAbsent(ref: VmRef, options: { readonly keepDisks?: readonly DiskId[] }, control: Control): Promise<void> {
    await this.#call('ensureAbsent', 'any', { ref, keepDisks: options.keepDisks ?? [] }, control)
  }

  async setPower(ref: VmRef, want: PowerWant, options: { readonly graceMs?: number }, control: Control): Promise<void> {
    await this.#call('setPower', 'any', { ref, want, ...options }, control)
  }

  recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    return this.#call('recover', 'handle', { ref })
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#session?.close()
    await this.#supervision
  }

  /** As kill -9 of the service and of the process would leave it: nothing is started again. For tests. */
  async kill(): Promise<void> {
    this.#stop.abort()
    this.#session?.kill('it was killed')
    await this.#supervision
  }

  async #start(): Promise<{ session: Session; opened: Opened }> {
    let isStarting = true
    let early: Health | undefined
    const listener = {
      // Whoever hears of a health asks for more at once: it is told when there is somebody to ask.
      onHealth: (health: Health) => {
        if (isStarting) early = health
        else this.#tell(health)
      },
      onEvent: (event: DriverEvent) => this.#events.push(event),
    }
    const started = await Session.start(this.#launch, this.#images, listener, this.#stop.signal)
    this.#session = started.session
    this.#capabilities = started.opened.capabilities
    isStarting = false
    if (early !== undefined) this.#tell(early)
    return started
  }

  #tell(health: Health): void {
    this.#health = health
    this.#healths.push(health)
  }

  async #supervise(first: Session): Promise<void> {
    let session: Session | undefined = first
    let pauseMs = firstPauseMs
    let startedAt = performance.now()
    while (!this.#stop.signal.aborted) {
      const why: string = session === undefined ? 'it did not start' : await session.exited
      this.#session = undefined
      if (this.#stop.signal.aborted) return
      if (performance.now() - startedAt > healthyLifeMs) pauseMs = firstPauseMs
      this.#launch.host.log.error({ why, pauseMs }, 'the driver’s process ended; it is started again')
      this.#tell({ status: 'unhealthy', message: `The driver’s process ended (${why}); it is started again.` })
      await delay(pauseMs, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      startedAt = performance.now()
      session = await this.#startAgain()
    }
  }

  async #startAgain(): Promise<Session | undefined> {
    try {
      const { session } = await this.#start()
      if (this.#stop.signal.aborted) session.kill('it is not wanted any more')
      return session
    } catch (error) {
      this.#launch.host.log.error({ err: error }, 'the driver’s process did not start')
      return undefined
    }
  }

  async #call<T>(method: string, shape: Shape, params: object, control?: Control): Promise<T> {
    const session = this.#session
    if (session === undefined) throw gone('none', 'its process is away')
    // What the contract hands to drivers is JSON.
    return checked(method, shape, await session.call(method, params as JsonObject, control))
  }

  /** Which abilities it has is settled at its first start. */
  #offer({ abilities = [], snapshotFormats = [], consoleKinds = [] }: Opened): void {
    const has = (ability: string): boolean => abilities.includes(ability)
    const done = async (method: string, params: object, control?: Control): Promise<void> =>
      void (await this.#call(method, 'any', params, control))
    if (has('events')) this.events = (signal) => this.#events.follow(signal)
    if (has('console'))
      this.console = {
        readLog: async (ref, { maxBytes }) => {
          const { base64 } = await this.#call<{ base64: string }>('console.readLog', 'bytes', { ref, maxBytes })
          return Buffer.from(base64, 'base64')
        },
      }
    if (has('remoteConsole'))
      this.remoteConsole = {
        kinds: consoleKinds,
        open: (ref, kind) => takeConsole((socket) => this.#call('remoteConsole.open', 'any', { ref, kind, socket })),
      }
    if (has('screenshot'))
      this.screenshot = {
        take: async (ref) => {
          const { base64 } = await this.#call<{ base64: string }>('screenshot.take', 'bytes', { ref })
          return Buffer.from(base64, 'base64')
        },
      }
    if (has('pause'))
      this.pause = {
        pause: (ref, control) => done('pause.pause', { ref }, control),
        unpause: (ref, control) => done('pause.unpause', { ref }, control),
      }
    if (has('suspend'))
      this.suspend = {
        suspend: (ref, control) => done('suspend.suspend', { ref }, control),
        resume: (ref, control) => done('suspend.resume', { ref }, control),
      }
    if (has('stats')) this.stats = { read: (ref) => this.#call('stats.read', 'stats', { ref }) }
    if (has('resize')) this.resize = { resize: (spec, control) => done('resize.resize', { spec }, control) }
    if (has('disks'))
      this.disks = {
        attach: (spec, diskId, control) => done('disks.attach', { spec, diskId }, control),
        detach: (spec, diskId, control) => done('disks.detach', { spec, diskId }, control),
      }
    if (has('nics'))
      this.nics = {
        attach: (spec, nicId, control) => done('nics.attach', { spec, nicId }, control),
        detach: (spec, nicId, control) => done('nics.detach', { spec, nicId }, control),
      }
    if (has('rescue'))
      this.rescue = {
        rescue: (spec, image, control) => done('rescue.rescue', { spec, image }, control),
        unrescue: (spec, control) => done('rescue.unrescue', { spec }, control),
      }
    if (has('migrate'))
      this.migrate = {
        prepare: (spec, control) => this.#call('migrate.prepare', 'any', { spec }, control),
        run: (ref, destination, control) => done('migrate.run', { ref, destination }, control),
        forceComplete: (ref) => done('migrate.forceComplete', { ref }),
      }
    if (has('setAdminPassword'))
      this.setAdminPassword = {
        set: (ref, adminPassword, control) => done('setAdminPassword.set', { ref, adminPassword }, control),
      }
    if (has('snapshot')) {
      const formats = snapshotFormats as readonly DiskFormat[]
      this.snapshot = { formats, read: (ref, wanted, control) => this.#readSnapshot(ref, wanted, control) }
    }
  }

  /** It writes the image to a file that we name, and that is gone when the last byte was taken. */
  async *#readSnapshot(...[ref, wanted, control]: Parameters<SnapshotAbility['read']>): AsyncGenerator<Uint8Array> {
    const file = join(this.#snapshotsDir, randomUUID())
    try {
      await this.#call('snapshot.read', 'any', { ref, ...wanted, file }, control)
      yield* createReadStream(file, { signal: control.signal }) as AsyncIterable<Buffer>
    } catch (error) {
      if (error instanceof DriverError) throw error
      if (control.signal.aborted) throw new DriverError('CANCELLED', 'The work was cancelled.', { effect: 'none' })
      throw new DriverError('HYPERVISOR', 'The disk cannot be read.', { effect: 'none', native: String(error) })
    } finally {
      await rm(file, { force: true })
    }
  }
}
