/**
 * The simulated hypervisor itself: its VMs and disks live here, one file each when they shall outlive the process.
 * Nothing in it knows the driver contract. Each public method is one native call.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EventQueue } from '../../src/util/event-queue.ts'

export type SimPower = 'on' | 'off' | 'paused' | 'suspended' | 'building'

export interface SimVm {
  readonly instanceId: string
  readonly nodeId: string
  readonly name: string
  readonly specHash: string
  readonly power: SimPower
  readonly console: string
  /** Made by somebody else: it is not ours to list or to touch. */
  readonly isForeign?: true
}

/** What a dead driver gets for an answer. */
export class SimulatedDeath extends Error {}

export class VmStore {
  readonly #vms = new Map<string, SimVm>()
  readonly #disks = new Map<string, Set<string>>()
  readonly #folder: string | undefined
  /** Ids of VMs whose power changed, whoever changed it. */
  readonly changes = new EventQueue<string>()
  #callsLeft: number
  #isLying = false

  /**
   * @param folder where VMs and disks outlive the process, in `vms` and `disks`; in memory only without it
   * @param options dieAfterCalls: whoever uses this store dies right after that many native calls
   */
  constructor(folder: string | undefined, options: { readonly dieAfterCalls?: number } = {}) {
    this.#callsLeft = options.dieAfterCalls ?? Infinity
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

  get(instanceId: string): SimVm | undefined {
    return this.#call(() => this.#vms.get(instanceId))
  }

  all(): readonly SimVm[] {
    return this.#call(() => [...this.#vms.values()])
  }

  put(vm: SimVm): void {
    this.#change(() => {
      const before = this.#vms.get(vm.instanceId)
      this.#vms.set(vm.instanceId, vm)
      this.#write('vms', vm.instanceId, vm)
      if (before !== undefined && before.power !== 'building') this.changes.push(vm.instanceId)
    })
  }

  delete(instanceId: string): void {
    this.#change(() => {
      this.#vms.delete(instanceId)
      this.#remove('vms', instanceId)
    })
  }

  putDisk(instanceId: string, diskId: string, sizeBytes: number): void {
    this.#change(() => {
      const disks = this.#disks.get(instanceId) ?? new Set()
      this.#disks.set(instanceId, disks.add(diskId))
      this.#write('disks', `${instanceId}.${diskId}`, { sizeBytes })
    })
  }

  disksOf(instanceId: string): readonly string[] {
    return this.#call(() => [...(this.#disks.get(instanceId) ?? [])])
  }

  deleteDisk(instanceId: string, diskId: string): void {
    this.#change(() => {
      const disks = this.#disks.get(instanceId)
      if (disks?.delete(diskId) === true && disks.size === 0) this.#disks.delete(instanceId)
      this.#remove('disks', `${instanceId}.${diskId}`)
    })
  }

  #call<T>(work: () => T): T {
    if (this.#callsLeft <= 0) throw new SimulatedDeath('the driver is dead')
    const answer = work()
    this.#callsLeft -= 1
    if (this.#callsLeft <= 0) throw new SimulatedDeath('the driver died')
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
      this.#vms.set(vm.instanceId, vm)
      return
    }
    const [instanceId = '', diskId = ''] = file.split('.')
    this.#disks.set(instanceId, (this.#disks.get(instanceId) ?? new Set()).add(diskId))
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
