/**
 * The simulated hypervisor for the conformance kit. The observer reads its files and never asks the driver; a killed
 * driver is one whose store answers nothing any more.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConformanceTarget, DiskDigest, Fixture, Observation, TestImage } from '../conformance/index.ts'
import type { Driver } from '../../src/driver/index.ts'
import { openDisk } from '../../src/disk/index.ts'
import type { DiskFormat } from '../../src/model/disk-formats.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { makeParts, simPlugin } from './index.ts'
import { isPassword } from './password.ts'
import { SimDriver, type SimParts } from './sim-driver.ts'
import { VmStore, type SimVm } from './vm-store.ts'

export const conformance: ConformanceTarget = { plugin: simPlugin, makeFixture: () => makeSimFixture() }

/** @param makeDriver another driver over the same hypervisor: for the kit's own tests */
export async function makeSimFixture(
  makeDriver: (parts: SimParts) => Driver = (parts) => new SimDriver(parts),
): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'polyvisor-conformance-'))
  const host = { log: silentLogger, stateDir: dir, hostName: 'conformance' }
  const config = { nodes: 2 }
  const [nodeId = '', otherNodeId = ''] = makeParts(config, host, new VmStore(undefined)).nodes.map(({ id }) => id)
  const hypervisor = new SimHypervisor(dir, nodeId)
  let current: Driver | undefined
  const open = async (fault: StoreFault = {}): Promise<Driver> =>
    (current = makeDriver(makeParts(config, host, hypervisor.renew(fault))))
  return {
    config,
    guest: {
      memoryBytes: 64 * 1024 ** 2,
      diskBytes: 1024 ** 2,
      bootMarker: 'POLYVISOR-SIM-UP',
      bootTimeoutMs: 300,
      echoes: true,
    },
    cancelWithinMs: 500,
    manyVms: 1_000,
    makeImage: () => makeImage(dir),
    readImage,
    open: () => open(),
    restart: () => open(),
    observe: async (instanceId) => hypervisor.observe(instanceId),
    observeNics: async (instanceId) => hypervisor.observeNics(instanceId),
    destination: {
      // Another node of the same driver, which dies with the first.
      open: async () => current ?? open(),
      restart: async () => current ?? open(),
      nodeId: async () => otherNodeId,
      observe: async (instanceId) => hypervisor.observe(instanceId, otherNodeId),
    },
    isAdminPassword: async (instanceId, password) => hypervisor.isAdminPassword(instanceId, password),
    leakCheck: async () => hypervisor.leftovers(),
    purge: async () => hypervisor.purge(),
    dispose: () => rm(dir, { recursive: true, force: true }),
    foreign: {
      make: async () => hypervisor.makeForeign(),
      isUntouched: async (id) => hypervisor.isForeignUntouched(id),
      remove: async (id) => hypervisor.removeForeign(id),
    },
    nativeFaults: {
      victims: ['driver', 'session'],
      open: (afterCalls, victim) =>
        open(victim === 'driver' ? { dieAfterCalls: afterCalls } : { loseAnswer: afterCalls }),
    },
    lie: { begin: async () => hypervisor.store.lie(true), end: async () => hypervisor.store.lie(false) },
    hold: { begin: async () => hypervisor.store.hold(true), end: async () => hypervisor.store.hold(false) },
    meddle: {
      switchOff: async (id) => hypervisor.switchOff(id),
      remove: async (id) => hypervisor.remove(id),
    },
  }
}

type StoreFault = NonNullable<ConstructorParameters<typeof VmStore>[1]>

/** The hypervisor as its owner sees it: its files, and the store that the driver of the moment works on. */
class SimHypervisor {
  readonly #dir: string
  readonly #nodeId: string
  store: VmStore

  constructor(dir: string, nodeId: string) {
    this.#dir = dir
    this.#nodeId = nodeId
    this.store = new VmStore(dir)
  }

  /** What the driver before worked on is dead; its successor loads what is on disk. */
  renew(fault: StoreFault): VmStore {
    this.store.kill()
    this.store = new VmStore(this.#dir, fault)
    return this.store
  }

  observe(instanceId: string, nodeId: string = this.#nodeId): Observation {
    const vms = this.#vmsOf(instanceId).filter((vm) => vm.nodeId === nodeId)
    const power = vms[0]?.power ?? null
    return { guests: vms.length, power: power === 'building' ? 'off' : power, disks: this.#disksOf(instanceId, nodeId) }
  }

  observeNics(instanceId: string): readonly string[] {
    return (this.#vmsOf(instanceId)[0]?.nics ?? []).map(({ macAddress }) => macAddress).sort()
  }

  isAdminPassword(instanceId: string, password: string): boolean {
    const hash = this.#vmsOf(instanceId)[0]?.passwordHash
    return hash !== undefined && isPassword(password, hash)
  }

  leftovers(): string[] {
    return ['vms', 'disks', 'snapshots'].flatMap((kind) => this.#files(kind).map((name) => `${kind}/${name}`))
  }

  purge(): void {
    for (const left of this.leftovers()) rmSync(join(this.#dir, left))
  }

  makeForeign(): string {
    const instanceId = randomUUID()
    const rest = { nodeId: this.#nodeId, name: 'foreign', specHash: '', power: 'on', console: '' } as const
    this.store.put({ instanceId, ...rest, isForeign: true })
    this.store.putDisk({ instanceId, ...rest }, 'root', { sizeBytes: 1 })
    return instanceId
  }

  isForeignUntouched(id: string): boolean {
    const [found] = this.#vmsOf(id)
    return found?.power === 'on' && this.#disksOf(id, this.#nodeId).length === 1
  }

  removeForeign(id: string): void {
    this.store.deleteDisk({ instanceId: id, nodeId: this.#nodeId }, 'root')
    this.remove(id)
  }

  switchOff(id: string): void {
    for (const vm of this.#vmsOf(id)) this.store.put({ ...vm, power: 'off' })
  }

  remove(id: string): void {
    for (const vm of this.#vmsOf(id)) this.store.delete(vm)
  }

  #vmsOf(instanceId: string): SimVm[] {
    return this.#files('vms')
      .filter((name) => name.startsWith(instanceId))
      .map((name) => JSON.parse(readFileSync(join(this.#dir, 'vms', name), 'utf8')) as SimVm)
  }

  #disksOf(instanceId: string, nodeId: string): string[] {
    return this.#files('disks')
      .map((name) => name.split('.'))
      .flatMap(([id, node, disk]) => (id === instanceId && node === nodeId && disk !== undefined ? [disk] : []))
      .sort()
  }

  #files(kind: string): string[] {
    const folder = join(this.#dir, kind)
    return existsSync(folder) ? readdirSync(folder) : []
  }
}

export async function readImage(path: string, format: DiskFormat): Promise<DiskDigest> {
  await using disk = await openDisk(path, { format })
  const hash = createHash('sha256')
  const bytes = Buffer.alloc(disk.virtualSizeBytes)
  await disk.readInto(bytes, 0)
  return { sizeBytes: bytes.length, sha256: hash.update(bytes).digest('hex') }
}

async function makeImage(dir: string): Promise<TestImage> {
  const bytes = Buffer.from(randomUUID().padEnd(512))
  const imageId = randomUUID()
  const path = join(dir, `${imageId}.raw`)
  await writeFile(path, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, ref: { imageId, format: 'raw', sha256, sizeBytes: bytes.length, virtualSizeBytes: bytes.length } }
}
