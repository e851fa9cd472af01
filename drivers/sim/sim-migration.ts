/** Guests that go from one simulated node to another, of one store: disks at the end, and the switch as a chain of steps that any crash may cut. */
import {
  DriverError,
  hashSpec,
  type Control,
  type MigrateAbility,
  type VmRef,
  type VmSpec,
} from '../../src/driver/index.ts'
import { delay } from '../../src/util/delay.ts'
import type { Json } from '../../src/util/json.ts'
import type { Faults } from './faults.ts'
import { cancelled } from './image-reader.ts'
import { unchanged } from './unchanged.ts'
import { shapeOf, type SimPlace, type SimVm, type VmStore } from './vm-store.ts'

export interface SimMigrationParts {
  readonly store: VmStore
  readonly faults: Faults
  readonly migrationMs: number
  /** Of the nodes, by their ids. */
  readonly nodeNames: ReadonlyMap<string, string>
  /** @throws DriverError INVALID_SPEC or UNSUPPORTED */
  readonly assertPossible: (spec: VmSpec) => void
}

interface Destination {
  readonly nodeId: string
  readonly memoryBytes: number
}

const parts = 20

export class SimMigration implements MigrateAbility {
  readonly #parts: SimMigrationParts
  /** Runs under way, by their VM. */
  readonly #runs = new Map<string, () => void>()

  constructor(its: SimMigrationParts) {
    this.#parts = its
  }

  async prepare(spec: VmSpec, control: Control): Promise<Json> {
    const { store, assertPossible } = this.#parts
    assertPossible(spec)
    const { instanceId, nodeId, name, memoryBytes } = spec
    const specHash = hashSpec(spec)
    const known = store.get(spec)
    if (known !== undefined && (known.isForeign === true || known.specHash !== specHash))
      throw new DriverError('CONFLICT', 'A VM with this id but another shape exists.', { effect: 'none' })
    if (control.signal.aborted) throw cancelled()
    control.progress({ phase: 'define' })
    await control.checkpoint({ step: 'prepare' })
    if (known === undefined)
      store.put({ instanceId, nodeId, name, specHash, ...shapeOf(spec), power: 'building', console: '' })
    return { nodeId, memoryBytes }
  }

  async run(ref: VmRef, destination: Json, control: Control): Promise<void> {
    const { faults, nodeNames } = this.#parts
    const node = nodeNames.get(ref.nodeId) ?? ''
    const key = `${ref.instanceId}/${ref.nodeId}`
    const forced = Promise.withResolvers<void>()
    this.#runs.set(key, forced.resolve)
    try {
      const { nodeId, memoryBytes } = destination as unknown as Destination
      const there = { instanceId: ref.instanceId, nodeId }
      const work = (): Promise<void> => this.#send(ref, there, memoryBytes, control, forced.promise)
      await faults.around('migrate', node, control.signal, work, undefined)
    } finally {
      this.#runs.delete(key)
    }
  }

  isUnderWay({ instanceId, nodeId }: VmRef): boolean {
    return this.#runs.has(`${instanceId}/${nodeId}`)
  }

  async forceComplete({ instanceId, nodeId }: VmRef): Promise<void> {
    const force = this.#runs.get(`${instanceId}/${nodeId}`)
    if (force === undefined) throw new DriverError('WRONG_STATE', 'The VM is not on its way.', { effect: 'none' })
    force()
  }

  async #send(
    from: SimPlace,
    to: SimPlace,
    totalBytes: number,
    control: Control,
    forced: Promise<void>,
  ): Promise<void> {
    const { store, nodeNames } = this.#parts
    if (from.nodeId === to.nodeId || !nodeNames.has(to.nodeId)) throw unreached()
    const [here, there] = [this.#guestAt(from), store.get(to)]
    if (there === undefined) throw unreached()
    if (there.power !== 'building') {
      if (here.power === 'off') return
      throw new DriverError('CONFLICT', 'The destination has a VM of its own.', { effect: 'none' })
    }
    if (there.arriving !== undefined) return this.#switchOver(here, there, there.arriving)
    powerOnTheWay(here)
    await this.#transfer(totalBytes, control, forced)
    for (const id of store.disksOf(from)) {
      const disk = store.getDisk(from, id)
      if (disk !== undefined) store.putDisk(to, id, disk)
    }
    await control.checkpoint({ step: 'switch' })
    if (control.signal.aborted) throw cancelled()
    // What happened to either meanwhile counts.
    const [leaving, room] = [this.#guestAt(from), store.get(to)]
    if (room?.power !== 'building') throw unreached()
    const power = powerOnTheWay(leaving)
    const { console, bootedAtMs, passwordHash } = leaving
    const kept = {
      ...(bootedAtMs === undefined ? {} : { bootedAtMs }),
      ...(passwordHash === undefined ? {} : { passwordHash }),
    }
    const arriving = { ...room, arriving: power, console, ...kept }
    store.put(arriving)
    this.#switchOver(leaving, arriving, power)
  }

  #guestAt(place: SimPlace): SimVm {
    const vm = this.#parts.store.get(place)
    if (vm === undefined || vm.isForeign === true)
      throw new DriverError('NOT_FOUND', 'The host has no such VM.', { effect: 'none' })
    return vm
  }

  /** Off here before it is on there; whoever dies in between finds there what it was. */
  #switchOver(here: SimVm, there: SimVm, power: 'on' | 'paused'): void {
    const { store } = this.#parts
    store.put({ ...here, power: 'off' })
    if (store.get(here)?.power !== 'off') throw unchanged()
    const { arriving: _, ...rest } = there
    store.put({ ...rest, power })
    if (store.get(there)?.power !== power) throw unchanged()
  }

  async #transfer(totalBytes: number, control: Control, forced: Promise<void>): Promise<void> {
    const { migrationMs } = this.#parts
    let isForced = false
    const force = forced.then(() => void (isForced = true))
    for (let part = 0; part < parts && !isForced; part += 1) {
      control.progress({ phase: 'migrate', doneBytes: Math.floor((totalBytes * part) / parts), totalBytes })
      if (migrationMs > 0) await Promise.race([delay(migrationMs / parts, control.signal), force])
      if (control.signal.aborted) throw cancelled()
    }
    control.progress({ phase: 'migrate', doneBytes: totalBytes, totalBytes })
  }
}

function unreached(): DriverError {
  return new DriverError('INCOMPATIBLE', 'The destination is not reached from here.', { effect: 'none' })
}

/** @throws DriverError WRONG_STATE for a guest that cannot move */
function powerOnTheWay({ power }: SimVm): 'on' | 'paused' {
  if (power === 'on' || power === 'paused') return power
  throw new DriverError('WRONG_STATE', `The VM is ${power}.`, { effect: 'none' })
}
