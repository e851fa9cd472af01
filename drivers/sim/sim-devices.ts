/**
 * Attach and detach on the simulated hypervisor. A disk is there before its VM's spec names it, and gone before the spec
 * does not: whoever dies in between finds in the spec what is left to do.
 */
import {
  DriverError,
  hashSpec,
  needsChange,
  withoutDisk,
  withoutNic,
  type Control,
  type DisksAbility,
  type DiskSpec,
  type NicsAbility,
  type VmSpec,
} from '../../src/driver/index.ts'
import type { Faults } from './faults.ts'
import { unchanged } from './unchanged.ts'
import { shapeOf, type SimDisk, type SimVm, type VmStore } from './vm-store.ts'

export interface DeviceParts {
  readonly store: VmStore
  readonly faults: Faults
  readonly assertPossible: (spec: VmSpec) => void
  /** @throws DriverError NOT_FOUND */
  readonly mustExist: (spec: VmSpec) => SimVm
  /** What the disk will hold; it fetches the image of one that has any. */
  readonly makeDisk: (disk: DiskSpec, control: Control) => Promise<SimDisk>
  /** Takes the simulated time. @throws DriverError CANCELLED */
  readonly pause: (signal: AbortSignal) => Promise<void>
  /** Writes and reads back. */
  readonly write: (vm: SimVm) => void
  readonly isRescued: (spec: VmSpec) => boolean
  readonly nodeName: (nodeId: string) => string
}

interface Change {
  readonly kind: 'attach' | 'detach'
  readonly from: VmSpec
  readonly to: VmSpec
}

export class SimDevices {
  readonly #parts: DeviceParts

  constructor(parts: DeviceParts) {
    this.#parts = parts
  }

  readonly disks: DisksAbility = {
    attach: (spec, diskId, control) =>
      this.#change({ kind: 'attach', from: withoutDisk(spec, diskId), to: spec }, control, async () => {
        const { store, makeDisk } = this.#parts
        const wanted = spec.disks.find(({ id }) => id === diskId)
        if (wanted !== undefined) store.putDisk(spec, diskId, await makeDisk(wanted, control))
        if (store.getDisk(spec, diskId) === undefined) throw unchanged()
      }),
    detach: (spec, diskId, control) =>
      this.#change({ kind: 'detach', from: spec, to: withoutDisk(spec, diskId) }, control, async () => {
        const { store } = this.#parts
        store.deleteDisk(spec, diskId)
        if (store.getDisk(spec, diskId) !== undefined) throw unchanged()
      }),
  }

  readonly nics: NicsAbility = {
    attach: (spec, nicId, control) =>
      this.#change({ kind: 'attach', from: withoutNic(spec, nicId), to: spec }, control, async () => {}),
    detach: (spec, nicId, control) =>
      this.#change({ kind: 'detach', from: spec, to: withoutNic(spec, nicId) }, control, async () => {}),
  }

  async #change({ kind, from, to }: Change, control: Control, work: () => Promise<void>): Promise<void> {
    const { store, faults, pause, write, nodeName } = this.#parts
    const change = async (): Promise<void> => {
      const vm = this.#vmToChange(from, to)
      if (vm === undefined) return
      if (kind === 'detach' && vm.power !== 'off' && store.guestsHold)
        throw new DriverError('BUSY', 'The guest does not let go of the device.', { effect: 'none' })
      await pause(control.signal)
      control.progress({ phase: 'define' })
      await control.checkpoint({ step: kind })
      await pause(control.signal)
      await work()
      write({ ...vm, ...shapeOf(to), specHash: hashSpec(to) })
    }
    await faults.around(kind, nodeName(to.nodeId), control.signal, change, undefined)
  }

  /** @returns undefined when everything is done already */
  #vmToChange(from: VmSpec, to: VmSpec): SimVm | undefined {
    const { assertPossible, mustExist, isRescued } = this.#parts
    for (const spec of [from, to]) assertPossible(spec)
    const vm = mustExist(to)
    if (vm.power === 'building') throw wrongState('building')
    if (!needsChange(vm.specHash, from, to)) return undefined
    if (vm.power === 'suspended') throw wrongState('suspended')
    if (isRescued(to)) throw wrongState('being rescued')
    return vm
  }
}

function wrongState(state: string): DriverError {
  return new DriverError('WRONG_STATE', `The VM is ${state}.`, { effect: 'none' })
}
