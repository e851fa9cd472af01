/** The contract on top of the simulated hypervisor: the template to copy for a new driver. */
import { createHash } from 'node:crypto'
import {
  DriverError,
  type Capabilities,
  type ConsoleAbility,
  type Control,
  type Driver,
  type DriverEvent,
  type Health,
  type NodeInventory,
  type PauseAbility,
  type PowerWant,
  type SuspendAbility,
  type VmHandle,
  type VmRef,
  type VmSpec,
  type VmState,
} from '../../src/driver/index.ts'
import { delay } from '../../src/util/delay.ts'
import { EventQueue } from '../../src/util/event-queue.ts'
import type { Faults } from './faults.ts'
import type { SimConfig } from './manifest.ts'
import type { SimPower, SimVm, VmStore } from './vm-store.ts'

const handle: VmHandle = { version: 1, data: null }

export class SimDriver implements Driver {
  readonly #config: SimConfig
  readonly #nodes: readonly NodeInventory[]
  readonly #nodeNames: ReadonlyMap<string, string>
  readonly #store: VmStore
  readonly #faults: Faults
  readonly #events = new EventQueue<DriverEvent>()

  constructor(parts: { config: SimConfig; nodes: readonly NodeInventory[]; store: VmStore; faults: Faults }) {
    this.#config = parts.config
    this.#nodes = parts.nodes
    this.#nodeNames = new Map(parts.nodes.map((node) => [node.id, node.name]))
    this.#store = parts.store
    this.#faults = parts.faults
  }

  capabilities(): Capabilities {
    return {
      architectures: ['x86_64', 'aarch64'],
      hypervisorTypes: ['sim'],
      vmModes: ['hvm'],
      disk: (['qcow2', 'raw', 'vmdk', 'vhd', 'vhdx', 'vdi', 'iso'] as const).map((format) => ({
        format,
        via: ['local-path', 'stream'],
        thin: true,
        backing: true,
        alignBytes: 512,
      })),
      power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
      limits: { parallelOperations: 1_000 },
    }
  }

  async *fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    yield { status: 'healthy', message: 'simulated', hypervisorVersion: '1.0.0' }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }

  async nodes(): Promise<readonly NodeInventory[]> {
    return this.#nodes
  }

  async list(): Promise<readonly VmState[]> {
    return this.#faults.around('list', '', undefined, async () => this.#store.all().map(toState), [])
  }

  async get(ref: VmRef): Promise<VmState | null> {
    const look = async (): Promise<VmState | null> => {
      const vm = this.#store.get(ref.instanceId)
      return vm === undefined ? null : toState(vm)
    }
    return this.#faults.around('get', this.#nodeName(ref.nodeId), undefined, look, null)
  }

  async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    const make = async (): Promise<VmHandle> => {
      const specHash = hashSpec(spec)
      const known = this.#store.get(spec.instanceId)
      if (known !== undefined && known.specHash !== specHash) {
        throw new DriverError('CONFLICT', 'A VM with this id but another shape exists.', { effect: 'none' })
      }
      if (known !== undefined && known.power !== 'building') return handle
      const { instanceId, nodeId, name } = spec
      // The mark comes before anything expensive, so that a crash leaves something that list() finds.
      this.#store.put({ instanceId, nodeId, name, specHash, power: 'building', console: '' })
      try {
        await control.checkpoint({ made: true })
        await this.#fetchImages(spec, control)
        await this.#pause(control.signal)
      } catch (error) {
        this.#store.delete(instanceId)
        throw error
      }
      this.#store.put({ instanceId, nodeId, name, specHash, power: 'off', console: '' })
      return handle
    }
    return this.#faults.around('ensurePresent', this.#nodeName(spec.nodeId), control.signal, make, handle)
  }

  async ensureAbsent(ref: VmRef, _options: object, control: Control): Promise<void> {
    const remove = async (): Promise<void> => {
      await this.#pause(control.signal)
      this.#store.delete(ref.instanceId)
    }
    await this.#faults.around('ensureAbsent', this.#nodeName(ref.nodeId), control.signal, remove, undefined)
  }

  async setPower(ref: VmRef, want: PowerWant, _options: object, control: Control): Promise<void> {
    const change = async (): Promise<void> => {
      const vm = this.#mustExist(ref)
      if (vm.power === 'building') throw new DriverError('WRONG_STATE', 'The VM is not whole yet.', { effect: 'none' })
      await this.#pause(control.signal)
      const to: SimPower = want === 'off' || want === 'soft-off' ? 'off' : 'on'
      const isBoot = to === 'on' && (vm.power === 'off' || want === 'reset' || want === 'soft-reset')
      const console = isBoot ? `${vm.console}POLYVISOR-SIM-UP ${vm.instanceId}\n` : vm.console
      this.#change({ ...vm, power: to, console })
    }
    await this.#faults.around('setPower', this.#nodeName(ref.nodeId), control.signal, change, undefined)
  }

  async recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    return ref.handle
  }

  events(signal: AbortSignal): AsyncIterable<DriverEvent> {
    return this.#events.follow(signal)
  }

  async close(): Promise<void> {}

  readonly console: ConsoleAbility = {
    readLog: async (ref, { maxBytes }) => Buffer.from(this.#mustExist(ref).console).subarray(-maxBytes),
  }

  readonly pause: PauseAbility = {
    pause: async (ref) => this.#move(ref, ['on', 'paused'], 'paused'),
    unpause: async (ref) => this.#move(ref, ['paused', 'on'], 'on'),
  }

  readonly suspend: SuspendAbility = {
    suspend: async (ref) => this.#move(ref, ['on', 'suspended'], 'suspended'),
    resume: async (ref) => this.#move(ref, ['suspended', 'on'], 'on'),
  }

  async #fetchImages(spec: VmSpec, control: Control): Promise<void> {
    for (const { source } of spec.disks) {
      if (source.kind !== 'image') continue
      const opened = await control.images.open(source.image, control.signal)
      if (opened.via === 'stream') opened.stream.destroy()
      control.progress({ phase: 'fetch-image', doneBytes: source.image.sizeBytes, totalBytes: source.image.sizeBytes })
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    if (this.#config.latencyMs > 0) await delay(this.#config.latencyMs, signal)
    if (signal.aborted) throw new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'partial' })
  }

  #move(ref: VmRef, from: readonly SimPower[], to: SimPower): void {
    const vm = this.#mustExist(ref)
    if (!from.includes(vm.power)) throw new DriverError('WRONG_STATE', `The VM is ${vm.power}.`, { effect: 'none' })
    this.#change({ ...vm, power: to })
  }

  #change(vm: SimVm): void {
    this.#store.put(vm)
    this.#events.push({ instanceId: vm.instanceId, kind: 'other' })
  }

  #mustExist(ref: VmRef): SimVm {
    const vm = this.#store.get(ref.instanceId)
    if (vm === undefined) throw new DriverError('NOT_FOUND', 'The host has no such VM.', { effect: 'none' })
    return vm
  }

  #nodeName(nodeId: string): string {
    return this.#nodeNames.get(nodeId) ?? nodeId
  }
}

function toState(vm: SimVm): VmState {
  const { instanceId, nodeId, name, power } = vm
  return { instanceId, nodeId, name, power, handle }
}

function hashSpec(spec: VmSpec): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex')
}
