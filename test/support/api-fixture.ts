/** The HTTP edge over a database in memory: no engine, no agents; instance actions are noted, not done. */
import { randomUUID } from 'node:crypto'
import type { Express } from 'express'
import request from 'supertest'
import { createApi, type ApiOptions } from '../../src/api/server.ts'
import type { Services } from '../../src/api/services.ts'
import { KeypairDirectory } from '../../src/identity/keypairs.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { AgentId, HostId, ImageId, InstanceId, OperationId, ProjectId, UserId } from '../../src/model/ids.ts'
import type { Instance, Vm } from '../../src/model/instance.ts'
import type { AuthContext } from '../../src/model/token.ts'
import { Aggregates } from '../../src/operations/aggregates.ts'
import { FlavorAccess } from '../../src/operations/flavor-access.ts'
import { FlavorCatalog } from '../../src/operations/flavor-catalog.ts'
import { HostService } from '../../src/operations/host-service.ts'
import { IdempotencyRecords } from '../../src/operations/idempotency.ts'
import { InstanceLocks } from '../../src/operations/instance-locks.ts'
import { InstanceMetadata } from '../../src/operations/instance-metadata.ts'
import { InstanceStateReset } from '../../src/operations/instance-state-reset.ts'
import { InstanceTags } from '../../src/operations/instance-tags.ts'
import type { CreateInstance, InstanceService } from '../../src/operations/instance-service-types.ts'
import { novaQuotas } from '../../src/model/quotas.ts'
import { LiveMigrations } from '../../src/operations/live-migrations.ts'
import { HostDirectory } from '../../src/operations/host-directory.ts'
import { Placement } from '../../src/operations/placement.ts'
import { QuotaService } from '../../src/operations/quota-service.ts'
import { Networks } from '../../src/operations/networks.ts'
import { ServerGroups } from '../../src/operations/server-groups.ts'
import { SecurityGroups } from '../../src/operations/security-groups.ts'
import type { Db } from '../../src/store/database.ts'
import { insertDomain } from '../../src/store/domains.ts'
import { insertProject } from '../../src/store/projects.ts'
import { changeInstance, findInstance, insertInstance } from '../../src/store/instances.ts'
import { describeHosts } from '../../src/store/host-descriptions.ts'
import { createReadModel } from '../../src/store/read-model.ts'
import { recordVm } from '../../src/store/vms.ts'
import { systemClock, type Clock } from '../../src/util/clock.ts'
import { encodePng } from '../../src/util/png.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { openTestDatabase } from './test-database.ts'

export const publicUrl = 'https://cloud.example.org:8774'
export const imageId = '11111111-2222-4333-8444-555555555555' as ImageId
export const nowMs = Date.UTC(2026, 0, 31, 12)

export const projects = {
  own: 'a'.repeat(32) as ProjectId,
  other: 'b'.repeat(32) as ProjectId,
  admin: 'c'.repeat(32) as ProjectId,
} as const

/** Who bears which token. */
const bearers = {
  admin: { projectId: projects.admin, level: 'admin' },
  member: { projectId: projects.own, level: 'member' },
  reader: { projectId: projects.own, level: 'reader' },
  other: { projectId: projects.other, level: 'member' },
} as const
export type Bearer = keyof typeof bearers

export interface ApiFixture {
  readonly app: Express
  readonly db: Db
  readonly services: Services
  /** What the instance service was asked: `['stop', id]`. */
  readonly asked: (readonly [string, ...unknown[]])[]
  /** Answers that broke the contract. */
  readonly violations: string[]
  clockMs: number
  send(bearer: Bearer | undefined, method: Method, path: string, options?: SendOptions): request.Test
  addInstance(changes?: Partial<Instance>, powerState?: Vm['powerState']): Promise<Instance>
  addHost(name: string, id?: string): Promise<HostId>
  close(): Promise<void>
}

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete'
interface SendOptions {
  readonly body?: object | string
  readonly microversion?: string
  readonly headers?: Readonly<Record<string, string>>
}

export async function startApiFixture(
  overrides: Partial<Services> = {},
  options: ApiOptions = {},
): Promise<ApiFixture> {
  const db = await openTestDatabase()
  const asked: (readonly [string, ...unknown[]])[] = []
  const violations: string[] = []
  const clock: Clock = { nowMs: () => fixture.clockMs, monotonicMs: () => fixture.clockMs }
  const services: Services = {
    publicUrl,
    region: 'RegionOne',
    offloadShelved: true,
    clock,
    logger: silentLogger,
    authenticate: async (token) => (token in bearers ? contextOf(token as Bearer) : undefined),
    identity: undefined as never,
    catalog: undefined as never,
    agents: { authenticate: async () => undefined } as never,
    images: { getForBoot: fakeGetForBoot } as never,
    imageMembers: undefined as never,
    imageImports: undefined as never,
    imageTasks: undefined as never,
    metadefs: undefined as never,
    imageAddresses: undefined as never,
    snapshots: undefined as never,
    flavors: new FlavorCatalog(db, clock),
    flavorAccess: new FlavorAccess(db, new FlavorCatalog(db, clock), new QuotaService(db, novaQuotas)),
    hosts: new HostService(db, clock),
    hostDrain: undefined as never,
    instances: fakeInstances(db, asked, clock),
    instanceMetadata: new InstanceMetadata(db, clock, new QuotaService(db, novaQuotas)),
    instanceTags: new InstanceTags(db, clock),
    instanceLocks: new InstanceLocks(db, clock),
    securityGroups: new SecurityGroups(db, clock, new QuotaService(db, novaQuotas)),
    networks: new Networks(db),
    serverGroups: new ServerGroups(db, clock, new QuotaService(db, novaQuotas)),
    aggregates: new Aggregates(db, clock),
    instanceStateReset: new InstanceStateReset(db, clock),
    instanceStats: undefined as never,
    remoteConsoles: undefined as never,
    keypairs: new KeypairDirectory(db, clock),
    idempotency: new IdempotencyRecords(db, clock, silentLogger),
    operations: { cancel: async (id: string) => void asked.push(['cancel', id]) } as never,
    quotas: new QuotaService(db, novaQuotas),
    placement: new Placement({ db, hosts: new HostDirectory({ db, clock: systemClock }) }),
    readModel: createReadModel(db),
    liveMigrations: new LiveMigrations(
      db,
      { query: async (hostId, { method }) => (asked.push([method, hostId]), null) },
      { cancel: async (id) => void asked.push(['cancel', id]) },
    ),
    screenshots: { take: async () => encodePng(1, 1, Buffer.alloc(3)) },
    consoles: { readLog: async () => Buffer.from('one\ntwo\x1b[0m\nthree\n') },
    readiness: async () => [{ name: 'database', ok: true, message: '' }],
    ...overrides,
  }
  const app = createApi(services, {
    validateResponses: true,
    onViolation: (violation) => violations.push(violation),
    ...options,
  })
  const fixture: ApiFixture = {
    app,
    db,
    services,
    asked,
    violations,
    clockMs: nowMs,
    send(bearer, method, path, { body, microversion, headers = {} } = {}) {
      let test = request(app)[method](path)
      if (bearer !== undefined) test = test.set('X-Auth-Token', bearer)
      if (microversion !== undefined) test = test.set('OpenStack-API-Version', `compute ${microversion}`)
      for (const [name, value] of Object.entries(headers)) test = test.set(name, value)
      return body === undefined ? test : test.send(body)
    },
    addInstance: (changes = {}, powerState) => addInstance(db, changes, powerState),
    addHost: (name, id = randomUUID()) => addHost(db, name, id as HostId),
    async close() {
      await db.destroy()
    },
  }
  return fixture
}

/** The bearers' projects, for what looks them up. */
export async function addProjects(db: Db): Promise<void> {
  await insertDomain(db, { id: 'default', name: 'Default', description: '', enabled: true, immutable: false })
  for (const id of [projects.own, projects.other]) {
    await insertProject(db, {
      id,
      domainId: 'default',
      name: id,
      description: '',
      parentId: null,
      enabled: true,
      immutable: false,
      tags: [],
      createdAtMs: 0,
    })
  }
}

export function contextOf(bearer: Bearer): AuthContext {
  const { projectId, level } = bearers[bearer]
  return {
    userId: `${bearer}-user` as UserId,
    userName: bearer,
    userDomain: { id: 'default', name: 'Default' },
    projectId,
    projectName: bearer,
    projectDomain: { id: 'default', name: 'Default' },
    roles: [{ id: level, name: level }],
    accessLevel: level,
    isAdmin: level === 'admin',
    methods: ['password'],
    auditId: bearer,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 3_600_000,
  }
}

async function fakeGetForBoot(id: string): Promise<object> {
  if (id !== imageId) throw new PolyvisorError('not-found', 'image-not-found', `Image ${id} could not be found.`)
  return { id: imageId, properties: {}, status: 'active' }
}

function fakeInstances(db: Db, asked: (readonly [string, ...unknown[]])[], clock: Clock): InstanceService {
  return {
    async create(wanted: CreateInstance, context) {
      asked.push(['create', wanted, context])
      const { id } = await addInstance(db, {
        name: wanted.name,
        description: wanted.description ?? null,
        attributes: wanted.attributes,
        metadata: wanted.metadata,
        keyName: wanted.keyName ?? null,
        projectId: context.projectId,
        hostId: null,
        vmState: 'building',
        taskState: 'scheduling',
        launchedAtMs: null,
      })
      return { reservationId: 'r-fixture', instanceIds: [id], operationIds: [randomUUID() as OperationId] }
    },
    async act(instanceId, action) {
      asked.push([action, instanceId])
      return { operationId: randomUUID() as OperationId }
    },
    async rebuild(instanceId, wanted) {
      asked.push(['rebuild', instanceId, wanted])
      return { operationId: randomUUID() as OperationId }
    },
    async resize(instanceId, { flavor, ...more }) {
      asked.push(['resize', instanceId, flavor, more])
      return { operationId: randomUUID() as OperationId }
    },
    async migrate(instanceId, options) {
      asked.push(['migrate', instanceId, options])
      return { operationId: randomUUID() as OperationId }
    },
    async evacuate(instanceId, wanted) {
      asked.push(['evacuate', instanceId, wanted])
      return { operationId: randomUUID() as OperationId }
    },
    async liveMigrate(instanceId, options) {
      asked.push(['live-migrate', instanceId, options])
      return { operationId: randomUUID() as OperationId }
    },
    async snapshot(instanceId, wanted) {
      asked.push(['snapshot', instanceId, wanted])
      return { operationId: randomUUID() as OperationId, imageId }
    },
    async rescue(instanceId, image) {
      asked.push(['rescue', instanceId, image?.id])
      return { operationId: randomUUID() as OperationId }
    },
    async changePassword(instanceId, adminPass) {
      asked.push(['change-password', instanceId, adminPass])
      return { operationId: randomUUID() as OperationId }
    },
    async shelve(instanceId, options) {
      asked.push(['shelve', instanceId, options])
      return { operationId: randomUUID() as OperationId }
    },
    async unshelve(instanceId, wanted) {
      asked.push(['unshelve', instanceId, wanted])
      return { operationId: randomUUID() as OperationId }
    },
    async update(instanceId, changes) {
      asked.push(['update', instanceId, changes])
      const before = await findInstance(db, instanceId)
      const attributes = { ...before?.attributes, ...changes.attributes }
      await changeInstance(db, instanceId, { ...changes, attributes }, clock.nowMs())
    },
  }
}

async function addInstance(db: Db, changes: Partial<Instance>, powerState?: Vm['powerState']): Promise<Instance> {
  const instance: Instance = {
    id: randomUUID() as InstanceId,
    projectId: projects.own,
    userId: 'member-user' as UserId,
    name: 'web',
    description: null,
    flavor: {
      id: '1' as never,
      name: 'small',
      vcpus: 1,
      memoryMb: 512,
      diskGb: 1,
      ephemeralGb: 0,
      swapMb: 0,
      rxtxFactor: 1,
      isPublic: true,
      disabled: false,
      description: null,
      extraSpecs: { 'hw:cpu_policy': 'shared' },
    },
    imageId,
    imageProperties: {},
    hostId: null,
    nics: [],
    reservation: null,
    serverGroupId: null,
    hints: {},
    vmState: 'active',
    taskState: null,
    operationId: null,
    fault: null,
    keyName: null,
    metadata: {},
    attributes: {},
    lock: null,
    resize: null,
    shelved: null,
    bootImage: null,
    userData: null,
    configDrive: false,
    availabilityZone: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    launchedAtMs: nowMs,
    terminatedAtMs: null,
    deletedAtMs: null,
    ...changes,
  }
  await insertInstance(db, instance)
  const { id: instanceId, hostId } = instance
  if (hostId !== null && powerState !== undefined) {
    const { agent_id: agentId } = (await db('hosts').where({ id: hostId }).first('agent_id')) as { agent_id: AgentId }
    await recordVm(db, agentId, { instanceId, hostId, powerState, handle: null, generation: 1, observedAtMs: nowMs })
  }
  return instance
}

async function addHost(db: Db, name: string, id: HostId): Promise<HostId> {
  const agentId = randomUUID() as never
  await db('agents').insert({ id: agentId, name, incarnation: 1, last_seen_at: nowMs, created_at: nowMs })
  const capabilities = {
    architectures: ['x86_64'],
    hypervisorTypes: ['qemu'],
    vmModes: ['hvm'],
    diskFormats: ['qcow2'],
    abilities: [],
  }
  const description = {
    id,
    driverId: 'qemu',
    name,
    hypervisorType: 'QEMU',
    hypervisorVersion: '7.2.9',
    healthy: true,
    healthMessage: '',
    total: { vcpus: 8, memoryMb: 16_384, diskGb: 100 },
    traits: [],
    capabilities,
    generation: 1,
  }
  await describeHosts(
    db,
    agentId,
    [description],
    { ratios: { vcpus: 4, memoryMb: 1, diskGb: 1 }, reserved: { memoryMb: 512, diskGb: 0 }, smokeTest: 'passed' },
    nowMs,
  )
  return id
}
