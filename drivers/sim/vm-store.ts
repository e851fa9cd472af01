/**
 * The simulated hypervisor itself: its VMs and disks live here, one file each when they shall outlive the process.
 * An instance may have a VM on each node: while it moves it has two.
 * Nothing in it knows the driver contract, but for the error of an answer that is lost. Each public method is one native call.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DriverError, type DiskSpec, type NicSpec, type RescueDevice, type VmSpec } from '../../src/driver/index.ts'
import type { DiskFormat } from '../../src/model/disk-formats.ts'
import { EventQueue } from '../../src/util/event-queue.ts'

export type SimPower = 'on' | 'off' | 'paused' | 'suspended' | 'building'

/** Which VM. */
export interface SimPlace {
  readonly instanceId: string
  readonly nodeId: string
}

export interface SimVm extends SimPlace {
  readonly name: string
  readonly specHash: string
  readonly power: SimPower
  readonly console: string
  /** While it is `building`: what its guest, which is on its way here, was and will be. */
  readonly arriving?: 'on' | 'paused'
  /** As its spec has it; VMs made before this was kept do not tell. */
  readonly vcpus?: number
  readonly memoryBytes?: number
  readonly nics?: readonly SimNic[]
  /** When it was switched on or reset last; undefined before that. */
  readonly bootedAtMs?: number
  /** What its guest keeps of the administrator's password; none before one was set. */
  readonly passwordHash?: string
  /** Made by somebody else: it is not ours to list or to touch. */
  readonly isForeign?: true
}

export interface SimDisk {
  readonly sizeBytes: number
  /** What it was made of; an empty one is all zeros. */
  readonly content?: SimContent
  /** Of a rescue: as what the guest sees it. */
  readonly as?: RescueDevice
}

export type SimNic = Pick<NicSpec, 'id' | 'macAddress'>

/** What is kept of a spec beside its disks. */
export function shapeOf({ vcpus, memoryBytes, nics }: VmSpec): Pick<SimVm, 'vcpus' | 'memoryBytes' | 'nics'> {
  return { vcpus, memoryBytes, nics: nics.map(({ id, macAddress }) => ({ id, macAddress })) }
}

/** Of images that the driver was told not to read it knows nothing: then its disks are empty. */
export function newDisk(
  { sizeBytes, source }: Pick<DiskSpec, 'sizeBytes' | 'source'>,
  { readImages }: { readonly readImages: boolean },
): SimDisk {
  if (source.kind !== 'image' || !readImages) return { sizeBytes }
  const { sha256, format } = source.image
  return { sizeBytes, content: { sha256, format } }
}

/** The bytes of an image, by their hash. */
export interface SimContent {
  readonly sha256: string
  readonly format: DiskFormat
}

/** What a dead driver gets for an answer. */
export class SimulatedDeath extends Error {}

export class VmStore {
  readonly #vms = new Map<string, SimVm>()
  readonly #disks = new Map<string, Map<string, SimDisk>>()
  readonly #folder: string | undefined
  /** VMs whose power changed, whoever changed it. */
  readonly changes = new EventQueue<SimPlace>()
  #callsLeft: number
  #answersLeft: number
  #isLying = false
  #guestsHold = false

  /**
   * @param folder where VMs and disks outlive the process, in `vms` and `disks`; in memory only without it
   * @param options dieAfterCalls: whoever uses this store dies right after that many native calls; loseAnswer: the answer to the
   * native call of that number is lost, after it was done
   */
  constructor(
    folder: string | undefined,
    options: { readonly dieAfterCalls?: number; readonly loseAnswer?: number } = {},
  ) {
    this.#callsLeft = options.dieAfterCalls ?? Infinity
    this.#answersLeft = options.loseAnswer ?? Infinity
    this.#folder = folder
    if (folder === undefined) return
    for (const kind of ['vms', 'disks'] as const) {
      mkdirSync(join(folder, kind), { recursive: true })
      for (const file of readdirSync(join(folder, kind))) this.#load(folder, kind, file)
    }
  }

  /** kill -9 of whoever uses it: nothing is read or changed from now on. */
  kill(): void {
    this.#callsLeft = 0
  }

  /** While it lies, every change is answered with success and none is made. */
  lie(isLying: boolean): void {
    this.#isLying = isLying
  }

  /** While they hold, guests that run let go of no disk and no NIC. */
  hold(isHolding: boolean): void {
    this.#guestsHold = isHolding
  }

  get guestsHold(): boolean {
    return this.#guestsHold
  }

  get(place: SimPlace): SimVm | undefined {
    return this.#call(() => this.#vms.get(nameOf(place)))
  }

  all(): readonly SimVm[] {
    return this.#call(() => [...this.#vms.values()])
  }

  put(vm: SimVm): void {
    this.#change(() => {
      const before = this.#vms.get(nameOf(vm))
      this.#vms.set(nameOf(vm), vm)
      this.#write('vms', nameOf(vm), vm)
      if (before !== undefined && before.power !== 'building') this.changes.push(vm)
    })
  }

  delete(place: SimPlace): void {
    this.#change(() => {
      this.#vms.delete(nameOf(place))
      this.#remove('vms', nameOf(place))
    })
  }

  putDisk(place: SimPlace, diskId: string, disk: SimDisk): void {
    this.#change(() => {
      const vm = nameOf(place)
      const disks = this.#disks.get(vm) ?? new Map<string, SimDisk>()
      this.#disks.set(vm, disks.set(diskId, disk))
      this.#write('disks', `${vm}.${diskId}`, disk)
    })
  }

  getDisk(place: SimPlace, diskId: string): SimDisk | undefined {
    return this.#call(() => this.#disks.get(nameOf(place))?.get(diskId))
  }

  disksOf(place: SimPlace): readonly string[] {
    return this.#call(() => [...(this.#disks.get(nameOf(place))?.keys() ?? [])])
  }

  deleteDisk(place: SimPlace, diskId: string): void {
    this.#change(() => {
      const vm = nameOf(place)
      const disks = this.#disks.get(vm)
      if (disks?.delete(diskId) === true && disks.size === 0) this.#disks.delete(vm)
      this.#remove('disks', `${vm}.${diskId}`)
    })
  }

  /** Hashes of what its disks are made of. Not a native call: its owner cleans up with it. */
  usedContents(): ReadonlySet<string> {
    const disks = [...this.#disks.values()].flatMap((each) => [...each.values()])
    return new Set(disks.flatMap(({ content }) => content?.sha256 ?? []))
  }

  #call<T>(work: () => T): T {
    if (this.#callsLeft <= 0) throw new SimulatedDeath('the driver is dead')
    const answer = work()
    this.#callsLeft -= 1
    if (this.#callsLeft <= 0) throw new SimulatedDeath('the driver died')
    this.#answersLeft -= 1
    if (this.#answersLeft === 0)
      throw new DriverError('UNREACHABLE', 'The hypervisor does not answer.', { effect: 'unknown' })
    return answer
  }

  #change(work: () => void): void {
    this.#call(() => {
      if (!this.#isLying) work()
    })
  }

  #load(folder: string, kind: 'vms' | 'disks', file: string): void {
    const path = join(folder, kind, file)
    if (file.endsWith('.part')) return rmSync(path)
    if (!file.endsWith('.json')) return
    if (kind === 'vms') {
      const vm = JSON.parse(readFileSync(path, 'utf8')) as SimVm
      this.#vms.set(nameOf(vm), vm)
      return
    }
    const [instanceId = '', nodeId = '', diskId = ''] = file.split('.')
    const vm = nameOf({ instanceId, nodeId })
    const disks = this.#disks.get(vm) ?? new Map<string, SimDisk>()
    this.#disks.set(vm, disks.set(diskId, JSON.parse(readFileSync(path, 'utf8')) as SimDisk))
  }

  #write(kind: 'vms' | 'disks', name: string, content: object): void {
    if (this.#folder === undefined) return
    const path = join(this.#folder, kind, `${name}.json`)
    writeFileSync(`${path}.part`, JSON.stringify(content))
    renameSync(`${path}.part`, path)
  }

  #remove(kind: 'vms' | 'disks', name: string): void {
    if (this.#folder !== undefined) rmSync(join(this.#folder, kind, `${name}.json`), { force: true })
  }
}

function nameOf({ instanceId, nodeId }: SimPlace): string {
  return `${instanceId}.${nodeId}`
}
