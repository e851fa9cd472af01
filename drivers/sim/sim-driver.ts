/** The contract on top of the simulated hypervisor: the template to copy for a new driver. */
import {
  hashSpec,
  DriverError,
  offersRescueDevice,
  rescueDiskId,
  type AdminPasswordAbility,
  type Capabilities,
  type ConsoleAbility,
  type Control,
  type DiskId,
  type DisksAbility,
  type Driver,
  type DriverEvent,
  type Health,
  type NicsAbility,
  type NodeInventory,
  type PauseAbility,
  type PowerWant,
  type RemoteConsoleAbility,
  type ImageRef,
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
import { bootLog } from './boot-log.ts'
import { capabilities } from './capabilities.ts'
import { Consoles } from './consoles.ts'
import type { DiskContents, DiskImage } from './disk-contents.ts'
import type { Faults } from './faults.ts'
import { cancelled, ImageReader } from './image-reader.ts'
import type { SimConfig } from './manifest.ts'
import { SimDevices } from './sim-devices.ts'
import { SimMigration } from './sim-migration.ts'
import { assertPossible } from './spec-rules.ts'
import { newDisk, shapeOf, type SimPlace, type SimPower, type SimVm, type VmStore } from './vm-store.ts'
import { statsOf } from './stats.ts'
import { hashPassword } from './password.ts'
import { screenshotOf } from './screenshot.ts'
import { unchanged } from './unchanged.ts'

const handle: VmHandle = { version: 1, data: null }

export interface SimParts {
  readonly config: SimConfig
  readonly nodes: readonly NodeInventory[]
  readonly store: VmStore
  readonly contents: DiskContents
  readonly faults: Faults
}

export class SimDriver implements Driver {
  readonly #config: SimConfig
  readonly #nodes: readonly NodeInventory[]
  readonly #nodeNames: ReadonlyMap<string, string>
  readonly #store: VmStore
  readonly #faults: Faults
  readonly #contents: DiskContents
  readonly #images: ImageReader
  readonly migrate: SimMigration
  readonly disks: DisksAbility
  readonly nics: NicsAbility
  readonly #consoles: Consoles

  constructor(parts: SimParts) {
    this.#config = parts.config
    this.#nodes = parts.nodes
    this.#nodeNames = new Map(parts.nodes.map((node) => [node.id, node.name]))
    this.#store = parts.store
    this.#contents = parts.contents
    this.#images = new ImageReader(parts.contents)
    this.#consoles = new Consoles(parts.store)
    this.#faults = parts.faults
    this.migrate = new SimMigration({
      store: parts.store,
      faults: parts.faults,
      migrationMs: parts.config.migrationMs,
      nodeNames: this.#nodeNames,
      assertPossible: (spec) => this.#assertPossible(spec),
    })
    const devices = new SimDevices({
      store: parts.store,
      faults: parts.faults,
      assertPossible: (spec) => this.#assertPossible(spec),
      mustExist: (spec) => this.#mustExist(spec),
      makeDisk: async (disk, control) => {
        if (disk.source.kind === 'image') await this.#fetchImage(disk.source.image, control)
        return newDisk(disk, this.#config)
      },
      pause: (signal) => this.#pause(signal),
      write: (vm) => this.#write(vm),
      isRescued: (spec) => this.#store.getDisk(spec, rescueDiskId) !== undefined,
      nodeName: (nodeId) => this.#nodeName(nodeId),
    })
    this.disks = devices.disks
    this.nics = devices.nics
  }

  capabilities(): Capabilities {
    return capabilities
  }

  async *fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    yield { status: 'healthy', message: 'simulated', hypervisorVersion: '1.0.0' }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }

  async nodes(): Promise<readonly NodeInventory[]> {
    return this.#nodes
  }

  async list(): Promise<readonly VmState[]> {
    const look = async (): Promise<VmState[]> => this.#store.all().filter(isOurs).map(toState)
    return this.#faults.around('list', '', undefined, look, [])
  }

  async get(ref: VmRef): Promise<VmState | null> {
    const look = async (): Promise<VmState | null> => {
      const vm = this.#find(ref)
      if (vm === undefined) return null
      return { ...toState(vm), ...(this.migrate.isUnderWay(ref) ? { isMigrating: true } : {}) }
    }
    return this.#faults.around('get', this.#nodeName(ref.nodeId), undefined, look, null)
  }

  async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    const make = async (): Promise<VmHandle> => {
      this.#assertPossible(spec)
      const specHash = hashSpec(spec)
      const known = this.#store.get(spec)
      if (known !== undefined && (!isOurs(known) || known.specHash !== specHash))
        throw new DriverError('CONFLICT', 'A VM with this id but another shape exists.', { effect: 'none' })
      if (known !== undefined && known.power !== 'building') return handle
      await this.#build(spec, specHash, control)
      return handle
    }
    return this.#faults.around('ensurePresent', this.#nodeName(spec.nodeId), control.signal, make, handle)
  }

  async ensureAbsent(ref: VmRef, options: { readonly keepDisks?: readonly DiskId[] }, control: Control): Promise<void> {
    const remove = async (): Promise<void> => {
      throwIfCancelled(control.signal)
      control.progress({ phase: 'remove' })
      await control.checkpoint({ step: 'remove' })
      await this.#pause(control.signal)
      this.#remove(ref, options.keepDisks)
    }
    await this.#faults.around('ensureAbsent', this.#nodeName(ref.nodeId), control.signal, remove, undefined)
  }

  async setPower(ref: VmRef, want: PowerWant, _options: object, control: Control): Promise<void> {
    const change = async (): Promise<void> => {
      const vm = this.#mustExist(ref)
      if (vm.power === 'building') throw new DriverError('WRONG_STATE', 'The VM is not whole yet.', { effect: 'none' })
      const to: SimPower = want === 'off' || want === 'soft-off' ? 'off' : 'on'
      control.progress({ phase: to === 'off' ? 'stop' : 'start' })
      await this.#pause(control.signal)
      const isBoot = to === 'on' && (vm.power === 'off' || want === 'reset' || want === 'soft-reset')
      const console = isBoot ? vm.console + bootLog(vm, this.#store) : vm.console
      this.#write({ ...vm, power: to, console, ...(isBoot ? { bootedAtMs: Date.now() } : {}) })
    }
    await this.#faults.around('setPower', this.#nodeName(ref.nodeId), control.signal, change, undefined)
  }

  async recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    this.#mustExist(ref)
    return ref.handle
  }

  async *events(signal: AbortSignal): AsyncIterable<DriverEvent> {
    for await (const { instanceId, nodeId } of this.#store.changes.follow(signal))
      yield { instanceId, nodeId, kind: 'other' }
  }

  async close(): Promise<void> {}

  readonly console: ConsoleAbility = {
    readLog: async (ref, { maxBytes }) => Buffer.from(this.#mustExist(ref).console).subarray(-maxBytes),
  }

  readonly pause: PauseAbility = {
    pause: async (ref, control) => this.#move(ref, ['on', 'paused'], 'paused', control),
    unpause: async (ref, control) => this.#move(ref, ['paused', 'on'], 'on', control),
  }

  readonly suspend: SuspendAbility = {
    suspend: async (ref, control) => this.#move(ref, ['on', 'paused', 'suspended'], 'suspended', control),
    resume: async (ref, control) => this.#move(ref, ['suspended', 'on'], 'on', control),
  }

  readonly remoteConsole: RemoteConsoleAbility = {
    kinds: ['vnc', 'serial'],
    open: async (ref, kind) => {
      const { power } = this.#mustExist(ref)
      if (power !== 'on' && power !== 'paused')
        throw new DriverError('WRONG_STATE', `The VM is ${power}.`, { effect: 'none' })
      return this.#consoles.open(ref, kind)
    },
  }

  readonly screenshot: ScreenshotAbility = { take: async (ref) => screenshotOf(this.#mustExist(ref)) }

  readonly stats: StatsAbility = {
    read: async (ref) => statsOf(this.#mustExist(ref), this.#store.disksOf(ref), Date.now()),
  }

  readonly resize: ResizeAbility = {
    resize: async (spec, control) => {
      this.#assertPossible(spec)
      const { disks } = spec
      const vm = this.#mustExist(spec)
      const specHash = hashSpec(spec)
      if (vm.power !== 'building' && vm.specHash === specHash) return
      if (vm.power !== 'off') throw new DriverError('WRONG_STATE', `The VM is ${vm.power}.`, { effect: 'none' })
      const present = new Set(this.#store.disksOf(spec))
      if (present.size !== disks.length || disks.some(({ id }) => !present.has(id)))
        throw new DriverError('CONFLICT', 'The VM has other disks.', { effect: 'none' })
      throwIfCancelled(control.signal)
      control.progress({ phase: 'define' })
      await control.checkpoint({ step: 'resize' })
      await this.#pause(control.signal)
      for (const { id, sizeBytes } of disks) {
        const had = this.#store.getDisk(spec, id)
        this.#store.putDisk(spec, id, { ...had, sizeBytes: Math.max(sizeBytes, had?.sizeBytes ?? 0) })
      }
      this.#write({ ...vm, ...shapeOf(spec), name: spec.name, specHash })
    },
  }

  readonly rescue: RescueAbility = {
    rescue: async (spec, image, control) => {
      this.#mustBeOff(spec)
      if (image.as !== undefined && !offersRescueDevice(this.capabilities(), image.as))
        throw new DriverError('UNSUPPORTED', 'The rescue disk cannot be such a device.', { effect: 'none' })
      await this.#fetchImage(image, control)
      const source = { kind: 'image', image } as const
      const disk = {
        ...newDisk({ source, sizeBytes: image.virtualSizeBytes }, this.#config),
        ...(image.as === undefined ? {} : { as: image.as }),
      }
      throwIfCancelled(control.signal)
      control.progress({ phase: 'define' })
      await control.checkpoint({ step: 'rescue' })
      await this.#pause(control.signal)
      this.#store.putDisk(spec, rescueDiskId, disk)
      if (this.#store.getDisk(spec, rescueDiskId) === undefined) throw unchanged()
    },
    unrescue: async (spec, control) => {
      this.#mustBeOff(spec)
      throwIfCancelled(control.signal)
      await this.#pause(control.signal)
      this.#store.deleteDisk(spec, rescueDiskId)
      if (this.#store.getDisk(spec, rescueDiskId) !== undefined) throw unchanged()
    },
  }

  readonly setAdminPassword: AdminPasswordAbility = {
    set: async (ref, adminPassword, control) => {
      const { power } = this.#mustExist(ref)
      if (power !== 'on') throw new DriverError('WRONG_STATE', `The VM is ${power}.`, { effect: 'none' })
      await control.checkpoint({ step: 'set-password' })
      await this.#pause(control.signal)
      const set = async (): Promise<void> =>
        this.#write({ ...this.#mustExist(ref), passwordHash: hashPassword(adminPassword) })
      await this.#faults.around('setAdminPassword', this.#nodeName(ref.nodeId), control.signal, set, undefined)
    },
  }

  readonly snapshot: SnapshotAbility = {
    formats: ['qcow2'],
    read: (ref, wanted, control) => this.#readDisk(ref, wanted, control),
  }

  async *#readDisk(...[ref, { diskId, format }, control]: Parameters<SnapshotAbility['read']>): AsyncGenerator<Buffer> {
    const take = async (): Promise<DiskImage> => {
      throwIfCancelled(control.signal)
      const vm = this.#mustExist(ref)
      if (vm.power === 'building') throw new DriverError('WRONG_STATE', 'The VM is not whole yet.', { effect: 'none' })
      const disk = this.#store.getDisk(ref, diskId)
      if (disk === undefined) throw new DriverError('NOT_FOUND', 'The VM has no such disk.', { effect: 'none' })
      if (format !== 'qcow2')
        throw new DriverError('UNSUPPORTED', `No disk can be had as ${format} here.`, { effect: 'none' })
      control.progress({ phase: 'snapshot' })
      await this.#pause(control.signal)
      return this.#contents.makeImage(disk, control.signal)
    }
    const node = this.#nodeName(ref.nodeId)
    await using image = await this.#faults.around('snapshot', node, control.signal, take, undefined)
    if (image !== undefined) yield* image.read()
  }

  async #build(spec: VmSpec, specHash: string, control: Control): Promise<void> {
    const { instanceId, nodeId, name } = spec
    const vm = { instanceId, nodeId, name, specHash, ...shapeOf(spec), console: '' }
    throwIfCancelled(control.signal)
    control.progress({ phase: 'define' })
    await control.checkpoint({ step: 'define' })
    try {
      throwIfCancelled(control.signal)
      // The mark comes before anything expensive, so that a crash leaves something that list() finds.
      this.#write({ ...vm, power: 'building' })
      await this.#fetchImages(spec, control)
      control.progress({ phase: 'prepare-disks' })
      await this.#pause(control.signal)
      for (const disk of spec.disks) this.#store.putDisk(spec, disk.id, newDisk(disk, this.#config))
      this.#write({ ...vm, power: 'off' })
    } catch (error) {
      this.#remove(spec)
      throw error
    }
  }

  async #fetchImages(spec: VmSpec, control: Control): Promise<void> {
    for (const { source } of spec.disks) if (source.kind === 'image') await this.#fetchImage(source.image, control)
  }

  async #fetchImage(image: ImageRef, control: Control): Promise<void> {
    control.progress({ phase: 'fetch-image', doneBytes: 0, totalBytes: image.sizeBytes })
    if (this.#config.readImages) await this.#images.read(image, control.images, control.signal)
    control.progress({ phase: 'fetch-image', doneBytes: image.sizeBytes, totalBytes: image.sizeBytes })
  }

  #assertPossible(spec: VmSpec): void {
    assertPossible(spec, { isNode: (id) => this.#nodeNames.has(id), capabilities: this.capabilities() })
  }

  #mustBeOff(ref: VmRef): void {
    const { power } = this.#mustExist(ref)
    if (power !== 'off') throw new DriverError('WRONG_STATE', `The VM is ${power}.`, { effect: 'none' })
  }

  /** The VM goes last: as long as there is anything left of it, list() finds it. */
  #remove(place: SimPlace, keepDisks: readonly DiskId[] = []): void {
    const vm = this.#store.get(place)
    if (vm !== undefined && !isOurs(vm)) return
    for (const id of this.#store.disksOf(place)) {
      if (!keepDisks.includes(id)) this.#store.deleteDisk(place, id)
    }
    if (vm === undefined) return
    this.#consoles.end(place)
    this.#store.delete(place)
    if (this.#store.get(place) !== undefined) throw unchanged()
  }

  async #pause(signal: AbortSignal): Promise<void> {
    if (this.#config.latencyMs > 0) await delay(this.#config.latencyMs, signal)
    throwIfCancelled(signal)
  }

  #move(ref: VmRef, from: readonly SimPower[], to: SimPower, { signal }: Control): void {
    throwIfCancelled(signal)
    const vm = this.#mustExist(ref)
    if (!from.includes(vm.power)) throw new DriverError('WRONG_STATE', `The VM is ${vm.power}.`, { effect: 'none' })
    this.#write({ ...vm, power: to })
  }

  /** Rule 5: what was written is read back, since a hypervisor may answer success and change nothing. */
  #write(vm: SimVm): void {
    this.#store.put(vm)
    const now = this.#store.get(vm)
    const isWritten = now?.power === vm.power && now.specHash === vm.specHash && now.passwordHash === vm.passwordHash
    if (!isWritten) throw unchanged()
  }

  #find(ref: VmRef): SimVm | undefined {
    const vm = this.#store.get(ref)
    return vm !== undefined && isOurs(vm) ? vm : undefined
  }

  #mustExist(ref: VmRef): SimVm {
    const vm = this.#find(ref)
    if (vm === undefined) throw new DriverError('NOT_FOUND', 'The host has no such VM.', { effect: 'none' })
    return vm
  }

  #nodeName(nodeId: string): string {
    return this.#nodeNames.get(nodeId) ?? nodeId
  }
}

function isOurs(vm: SimVm): boolean {
  return vm.isForeign !== true
}

function toState(vm: SimVm): VmState {
  const { instanceId, nodeId, name, power } = vm
  return { instanceId, nodeId, name, power, handle }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}
