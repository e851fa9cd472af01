/**
 * The simulated hypervisor itself: its VMs live here, one file each when they shall outlive the process. Nothing in
 * it knows the driver contract.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type SimPower = 'on' | 'off' | 'paused' | 'suspended' | 'building'

export interface SimVm {
  readonly instanceId: string
  readonly nodeId: string
  readonly name: string
  readonly specHash: string
  readonly power: SimPower
  readonly console: string
}

export class VmStore {
  readonly #vms = new Map<string, SimVm>()
  readonly #folder: string | undefined

  /** @param folder where the VMs outlive the process; in memory only without it */
  constructor(folder: string | undefined) {
    this.#folder = folder
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    for (const file of readdirSync(folder)) {
      if (file.endsWith('.part')) rmSync(join(folder, file))
      else if (file.endsWith('.json')) {
        const vm = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SimVm
        this.#vms.set(vm.instanceId, vm)
      }
    }
  }

  get(instanceId: string): SimVm | undefined {
    return this.#vms.get(instanceId)
  }

  all(): readonly SimVm[] {
    return [...this.#vms.values()]
  }

  put(vm: SimVm): void {
    this.#vms.set(vm.instanceId, vm)
    if (this.#folder === undefined) return
    const path = join(this.#folder, `${vm.instanceId}.json`)
    writeFileSync(`${path}.part`, JSON.stringify(vm))
    renameSync(`${path}.part`, path)
  }

  delete(instanceId: string): void {
    this.#vms.delete(instanceId)
    if (this.#folder !== undefined) rmSync(join(this.#folder, `${instanceId}.json`), { force: true })
  }
}
