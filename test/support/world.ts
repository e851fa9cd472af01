/**
 * A whole control plane with an agent and simulated hosts in this process, over a database and files of its own.
 * `crash` drops everything without a word, as a killed process would; `start` goes on with what is on disk.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simPlugin } from '../../drivers/sim/index.ts'
import type { FaultConfig } from '../../drivers/sim/manifest.ts'
import { Agent } from '../../src/agent/agent.ts'
import type { Bus } from '../../src/bus/bus.ts'
import { MemoryBus } from '../../src/bus/memory-bus.ts'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageService } from '../../src/images/image-service.ts'
import { SnapshotUploads } from '../../src/images/snapshot-uploads.ts'
import type { Flavor } from '../../src/model/flavor.ts'
import type { FlavorId, ImageId, InstanceId, OperationId, ProjectId, UserId } from '../../src/model/ids.ts'
import type { ImageRecord } from '../../src/model/image.ts'
import type { Instance } from '../../src/model/instance.ts'
import type { Network } from '../../src/model/network.ts'
import { openOperationStatuses, type Operation } from '../../src/model/operation.ts'
import type { EngineOptions } from '../../src/operations/engine/operation-engine.ts'
import type {
  CreateInstance,
  RebuildInstance,
  ResizeInstance,
  UnshelveInstance,
} from '../../src/operations/instance-service-types.ts'
import { startApiServices, type ApiServices } from '../../src/roles/api.ts'
import { startConductor, type Conductor, type ConductorOptions } from '../../src/roles/conductor.ts'
import { releaseAllocations } from '../../src/store/allocations.ts'
import { openDatabase, type Db } from '../../src/store/database.ts'
import { markSilentHostsDown } from '../../src/store/hosts.ts'
import { findImage, insertImage } from '../../src/store/images.ts'
import { changeInstance, findInstance } from '../../src/store/instances.ts'
import { dropAllLeases } from '../../src/store/leases.ts'
import { insertNetwork } from '../../src/store/networks.ts'
import { findOperation } from '../../src/store/operations.ts'
import { ConsoleRelay } from '../../src/console/console-relay.ts'
import { localConsoles } from '../../src/start/local-consoles.ts'
import { localUploads } from '../../src/start/local-uploads.ts'
import type { AgentCallTimes } from '../../src/operations/agent-calls.ts'
import { systemClock, type Clock } from '../../src/util/clock.ts'
import { silentLogger, type Logger } from '../../src/util/logger.ts'
import { findLeaks } from './leaks.ts'
import { simVms, type SimVmFile } from './sim-vms.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { dropTestDatabaseIn, testDatabaseIn } from './test-database.ts'

export interface WorldOptions {
  readonly nodes?: number
  readonly node?: { readonly vcpus?: number; readonly memoryMb?: number; readonly diskGb?: number }
  readonly latencyMs?: number
  readonly migrationMs?: number
  readonly faults?: readonly FaultConfig[]
  readonly engine?: Omit<EngineOptions, 'owner'>
  readonly log?: Logger
  /** On one database and bus; one when left out. Only the first one's engine is reached through `control`. */
  readonly conductors?: number
  /** Puts something between a part and the bus. */
  readonly wrapBus?: (bus: Bus) => Bus
  /** One for each part. */
  readonly clockFor?: (db: Db) => Promise<Clock>
  readonly callTimes?: Partial<AgentCallTimes>
}

export const testFlavor: Flavor = {
  id: '1' as FlavorId,
  name: 'm1.test',
  vcpus: 1,
  memoryMb: 512,
  diskGb: 1,
  ephemeralGb: 0,
  swapMb: 0,
  rxtxFactor: 1,
  isPublic: true,
  disabled: false,
  description: null,
  extraSpecs: {},
}

/** Twice of everything but the disk. */
const largeFlavor: Flavor = { ...testFlavor, id: 'large' as FlavorId, name: 'm1.large', vcpus: 2, memoryMb: 1024 }

export const testImage: ImageRecord = {
  id: '11111111-2222-4333-8444-555555555555' as ImageId,
  name: 'test',
  ownerProjectId: 'p1' as ProjectId,
  status: 'active',
  visibility: 'private',
  containerFormat: 'bare',
  diskFormat: 'raw',
  isProtected: false,
  isHidden: false,
  minDiskGb: 0,
  minMemoryMb: 0,
  sizeBytes: 512,
  virtualSizeBytes: 512,
  md5: '0'.repeat(32),
  sha256: '0'.repeat(64),
  sha512: '0'.repeat(128),
  properties: {},
  tags: [],
  fault: null,
  import: null,
  createdAtMs: 0,
  updatedAtMs: 0,
}

const testNetwork: Network = {
  id: '99999999-2222-4333-8444-555555555555',
  subnetId: '99999999-3333-4333-8444-555555555555',
  name: 'shared',
  cidr: '10.224.0.0/12',
}

export const actor = { projectId: 'p1' as ProjectId, userId: 'u1' as UserId, requestId: 'req-test', isAdmin: false }

interface Parts {
  readonly db: Db
  readonly bus: MemoryBus
  readonly control: ApiServices & Conductor
  readonly agent: Agent
}

export class World {
  readonly folder: string
  readonly #options: WorldOptions
  #parts: Parts | undefined

  private constructor(folder: string, options: WorldOptions) {
    this.folder = folder
    this.#options = options
  }

  static async make(options: WorldOptions = {}): Promise<World> {
    const world = new World(await mkdtemp(join(tmpdir(), 'polyvisor-world-')), options)
    await world.start()
    return world
  }

  get db(): Db {
    return this.#running.db
  }

  get control(): ApiServices & Conductor {
    return this.#running.control
  }

  /** @param changes options that differ from those of the first start */
  async start(changes: WorldOptions = {}): Promise<void> {
    const {
      nodes = 1,
      node = {},
      latencyMs = 0,
      migrationMs = 0,
      faults = [],
      engine = {},
      log = silentLogger,
      conductors = 1,
      wrapBus = (inner: Bus): Bus => inner,
      clockFor = async (): Promise<Clock> => systemClock,
      callTimes = {},
    } = { ...this.#options, ...changes }
    const db = await openDatabase(await testDatabaseIn(this.folder))
    await insertNetwork(db, testNetwork)
    await dropAllLeases(db)
    await markSilentHostsDown(db, Number.MAX_SAFE_INTEGER, Date.now())
    const bus = new MemoryBus(log)
    const identity = { purgeExpiredTokens: async () => 0 }
    const partsOf = async () => ({ db, bus: wrapBus(bus), clock: await clockFor(db), log, identity })
    const front = await startApiServices(await partsOf())
    const options: ConductorOptions = {
      hostDefaults: {
        ratios: { vcpus: 1, memoryMb: 1, diskGb: 1 },
        reserved: { memoryMb: 0, diskGb: 0 },
        smokeTest: 'passed',
      },
      stopGraceMs: 1_000,
      engine: { retryDelaysMs: [1, 1], ...engine },
      callTimes,
    }
    const first = await startConductor(await partsOf(), options)
    const all = [first]
    while (all.length < conductors) all.push(await startConductor(await partsOf(), options))
    const stop = async (): Promise<void> => {
      await Promise.all(all.map((conductor) => conductor.stop()))
      await front.stop()
    }
    const begin = (): void => all.forEach((conductor) => conductor.begin())
    const control = { ...front, ...first, begin, stop }
    const store = await openFilesystemStore({ folder: join(this.folder, 'images'), reserveBytes: 0 })
    const images = new ImageService({ db, store, logger: log })
    const agent = new Agent(
      {
        bus: wrapBus(bus),
        log,
        images: { open: async () => ({ via: 'local-path', path: '/dev/null' }) },
        consoles: localConsoles(new ConsoleRelay()),
        uploads: localUploads(new SnapshotUploads(db, systemClock, images)),
      },
      {
        agentId: 'aaaaaaaa-0000-4000-8000-000000000001',
        name: 'world',
        stateDir: join(this.folder, 'agent'),
        drivers: [
          {
            plugin: simPlugin,
            config: { nodes, ...node, latencyMs, migrationMs, readImages: false, faults } as never,
            explicit: true,
          },
        ],
        heartbeatMs: 200,
        fullReportMs: 500,
      },
    )
    this.#parts = { db, bus, control, agent }
    await agent.start()
    control.begin()
  }

  /** Everything in memory is gone; what is on disk stays as it was. */
  async crash(): Promise<void> {
    const { db, control, agent, bus } = this.#running
    this.#parts = undefined
    await control.stop()
    await agent.stop()
    await bus.close()
    await db.destroy()
  }

  async end(): Promise<void> {
    if (this.#parts !== undefined) await this.crash()
    await dropTestDatabaseIn(this.folder)
    await rm(this.folder, { recursive: true, force: true })
  }

  async create(changes: Partial<CreateInstance> = {}): Promise<{ instanceId: InstanceId; operationId: OperationId }> {
    const request: CreateInstance = {
      name: 'vm',
      flavor: testFlavor,
      image: testImage,
      count: { min: 1, max: 1 },
      metadata: {},
      attributes: {},
      configDrive: false,
      hints: {},
      nics: [{ network: testNetwork, isRequired: false }],
      ...changes,
    }
    const { instanceIds, operationIds } = await this.control.instances.create(request, actor)
    return { instanceId: instanceIds[0] as InstanceId, operationId: operationIds[0] as OperationId }
  }

  act(
    instanceId: InstanceId,
    action: Parameters<ApiServices['instances']['act']>[1],
  ): Promise<{ operationId: OperationId }> {
    return this.control.instances.act(instanceId, action, actor)
  }

  resize(
    instanceId: InstanceId,
    flavor: Flavor = largeFlavor,
    more: Omit<ResizeInstance, 'flavor'> = {},
  ): Promise<{ operationId: OperationId }> {
    return this.control.instances.resize(instanceId, { flavor, ...more }, actor)
  }

  migrate(instanceId: InstanceId, host?: string): Promise<{ operationId: OperationId }> {
    return this.control.instances.migrate(instanceId, { host }, actor)
  }

  liveMigrate(instanceId: InstanceId, host?: string): Promise<{ operationId: OperationId }> {
    return this.control.instances.liveMigrate(instanceId, { host }, actor)
  }

  evacuate(instanceId: InstanceId, host?: string): Promise<{ operationId: OperationId }> {
    return this.control.instances.evacuate(instanceId, { host }, actor)
  }

  /** Puts the image that instances are made of on record, as it is where images come from the service. */
  async recordImage(): Promise<void> {
    if ((await findImage(this.db, testImage.id)) !== undefined) return
    await insertImage(this.db, testImage)
    const { sha256, sizeBytes, virtualSizeBytes } = testImage
    const facts = { sha256, size_bytes: sizeBytes, virtual_size_bytes: virtualSizeBytes }
    await this.db('images').where({ id: testImage.id }).update(facts)
  }

  /** As an admin would; all others count as up again. @returns its name */
  async forceDownHostOf(instanceId: InstanceId): Promise<string> {
    const { hostId } = await this.instance(instanceId)
    await this.db('hosts').update({ forced_down: false, updated_at: Date.now() })
    await this.db('hosts').where({ id: hostId }).update({ forced_down: true, updated_at: Date.now() })
    return ((await this.db('hosts').where({ id: hostId }).first('name')) as { name: string }).name
  }

  /** Leaves the instance's host without room for more, and all others with all of theirs. */
  async crowd(instanceId: InstanceId): Promise<void> {
    const { hostId } = await this.instance(instanceId)
    await this.db('hosts').update({ reserved_memory_mb: 0, updated_at: Date.now() })
    await this.db('hosts')
      .where({ id: hostId })
      .update({ reserved_memory_mb: this.db.raw('memory_mb - 512') })
  }

  rebuild(
    instanceId: InstanceId,
    wanted: RebuildInstance = { image: { ...testImage, virtualSizeBytes: 1024 } },
  ): Promise<{ operationId: OperationId }> {
    return this.control.instances.rebuild(instanceId, wanted, actor)
  }

  snapshot(instanceId: InstanceId, name = 'snap'): Promise<{ operationId: OperationId; imageId: ImageId }> {
    return this.control.instances.snapshot(instanceId, { name, properties: {} }, actor)
  }

  backup(
    instanceId: InstanceId,
    kept: number,
    type = 'daily',
  ): Promise<{ operationId: OperationId; imageId: ImageId }> {
    const wanted = { name: 'backup', properties: {}, backup: { type, kept } }
    return this.control.instances.snapshot(instanceId, wanted, actor)
  }

  rescue(instanceId: InstanceId, image?: ImageRecord): Promise<{ operationId: OperationId }> {
    return this.control.instances.rescue(instanceId, image, actor)
  }

  changePassword(instanceId: InstanceId, adminPass: string): Promise<{ operationId: OperationId }> {
    return this.control.instances.changePassword(instanceId, adminPass, actor)
  }

  shelve(instanceId: InstanceId, offload: boolean): Promise<{ operationId: OperationId }> {
    return this.control.instances.shelve(instanceId, { offload }, actor)
  }

  unshelve(instanceId: InstanceId, wanted: UnshelveInstance = {}): Promise<{ operationId: OperationId }> {
    return this.control.instances.unshelve(instanceId, wanted, actor)
  }

  async instance(id: InstanceId): Promise<Instance> {
    const instance = await findInstance(this.db, id)
    if (instance === undefined) throw new Error(`no instance ${id}`)
    return instance
  }

  /** Takes the instance's claim and host away, so that its VM is an orphan; as if a move had left it. */
  async forgetHost(id: InstanceId): Promise<void> {
    await releaseAllocations(this.db, id, Date.now())
    const fault = { code: 500, message: 'its host was taken away', details: '', createdAtMs: 0 }
    await changeInstance(this.db, id, { hostId: null, vmState: 'error', fault }, Date.now())
  }

  /** Waits until the operation is over. */
  ended(id: OperationId, timeoutMs = 15_000): Promise<Operation> {
    const probe = async (): Promise<Operation | undefined> => {
      const operation = await findOperation(this.db, id)
      const isOpen = (openOperationStatuses as readonly string[]).includes(operation?.status ?? '')
      return isOpen ? undefined : operation
    }
    return waitUntil(`operation ${id} to end`, probe, { timeoutMs, everyMs: 5 })
  }

  vms(): readonly SimVmFile[] {
    return simVms(join(this.folder, 'agent'))
  }

  /** @returns what does not hold although nothing is under way */
  async leaks(): Promise<readonly string[]> {
    return findLeaks(this.db, this.vms())
  }

  /** Waits until nothing leaks. @throws Error with what still does */
  async settled(timeoutMs = 10_000): Promise<void> {
    let last: readonly string[] = []
    const probe = async (): Promise<true | undefined> => {
      last = await this.leaks()
      return last.length === 0 ? true : undefined
    }
    await waitUntil('nothing to be left over', probe, { timeoutMs, everyMs: 20 }).catch((cause: unknown) => {
      throw new Error(`left over: ${last.join('; ')}`, { cause })
    })
  }

  get #running(): Parts {
    if (this.#parts === undefined) throw new Error('the world is not running')
    return this.#parts
  }
}
