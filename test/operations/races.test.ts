/** Services of several API processes over one database: what must be done once is done once, and nothing is forgotten. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { createIdentityService, type IdentityService } from '../../src/identity/identity-service.ts'
import { KeypairDirectory } from '../../src/identity/keypairs.ts'
import { forbidden } from '../../src/model/errors.ts'
import type { ProjectId, UserId } from '../../src/model/ids.ts'
import { noQuotas } from '../../src/model/quotas.ts'
import { MemoryBus } from '../../src/bus/memory-bus.ts'
import { IdempotencyRecords, keptForMs } from '../../src/operations/idempotency.ts'
import { InstanceMetadata } from '../../src/operations/instance-metadata.ts'
import { SagaInstanceService } from '../../src/operations/instance-service.ts'
import { SecurityGroups } from '../../src/operations/security-groups.ts'
import { QuotaService } from '../../src/operations/quota-service.ts'
import type { Db } from '../../src/store/database.ts'
import { findInstance, insertInstance } from '../../src/store/instances.ts'
import { insertKey } from '../../src/store/idempotency-keys.ts'
import { findQuotaUsage } from '../../src/store/quotas.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { atOnce, openMany, type ManyDatabases } from '../support/many-databases.ts'
import { context, request } from '../support/quota-fixture.ts'
import { newInstance } from '../store/store-rows.ts'

const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }

let many: ManyDatabases
let services: readonly SagaInstanceService[]
before(async () => {
  many = await openMany(5)
  services = many.all.map((db) => serviceOn(db))
})
after(() => many.end())

function serviceOn(db: Db, limits: { instances?: number } = {}): SagaInstanceService {
  const quotas = new QuotaService(db, { ...noQuotas, ...limits })
  const bus = new MemoryBus(silentLogger)
  return new SagaInstanceService({ db, bus, clock: systemClock, log: silentLogger, quotas, onCancelRequested() {} })
}

const serviceOf = (index: number): SagaInstanceService => services[index % services.length] as SagaInstanceService

async function openOperations(instanceId: string): Promise<number> {
  return (await many.next()('operations').where({ instance_id: instanceId })).length
}

test('of many who stop a server one does, and the others are told that it is busy', async () => {
  const instance = newInstance()
  await insertInstance(many.next(), instance)
  const asked = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => serviceOf(index).act(instance.id, 'stop', context)),
  )
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const result of asked) if (result.status === 'rejected') assert.equal(result.reason.kind, 'conflict')
  assert.equal(await openOperations(instance.id), 1)
})

test('many deletes of a busy server are one delete, and what is under way is asked to stop', async () => {
  const instance = newInstance()
  await insertInstance(many.next(), instance)
  const stop = await serviceOf(0).act(instance.id, 'stop', context)
  const deletes = await atOnce(20, (index) => serviceOf(index).act(instance.id, 'delete', context))
  assert.equal(new Set(deletes.map(({ operationId }) => operationId)).size, 1)
  assert.equal(await openOperations(instance.id), 2)
  const row = (await many.next()('operations').where({ id: stop.operationId }).first()) as { cancel_requested: unknown }
  assert.ok(row.cancel_requested)
})

test('a quota of ten gives ten servers, however many processes are asked', async () => {
  const projectId = 'crowded' as ProjectId
  const crowded = many.all.map((db) => serviceOn(db, { instances: 10 }))
  const asked = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) =>
      (crowded[index % crowded.length] as SagaInstanceService).create(request, { ...context, projectId }),
    ),
  )
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 10)
  assert.equal((await findQuotaUsage(many.next(), projectId)).instances, 10)
})

test('no change of metadata or of names is lost to another', async () => {
  const instance = newInstance()
  await insertInstance(many.next(), instance)
  const quota = { checkMetadata: async () => {} }
  await atOnce(30, async (index) => {
    const db = many.next()
    await new InstanceMetadata(db, systemClock, quota).merge(instance.id, { [`k${index}`]: 'v' }, context)
    await serviceOf(index).update(instance.id, { attributes: { tags: [`t${index}`] } }, context)
  })
  await serviceOf(1).update(instance.id, { name: 'new' }, context)
  const now = await findInstance(many.next(), instance.id)
  assert.equal(Object.keys(now?.metadata ?? {}).length, 30)
  assert.equal(now?.attributes?.tags?.length, 1)
  assert.equal(now?.name, 'new')
})

test('a keyed request is worked on by one process, also when its record is older than a day', async () => {
  const records = many.all.map((db) => new IdempotencyRecords(db, systemClock, silentLogger))
  let done = 0
  const work = async (): Promise<number> => (done += 1)
  const keep = () => ({ status: 200, headers: {}, body: null })
  const ask = (key: string) =>
    Promise.allSettled(records.map((record) => record.once({ userId: 'u' as UserId, key, facts: [1] }, work, keep)))
  await ask('fresh')
  assert.equal(done, 1)
  const { createHash } = await import('node:crypto')
  const oldHash = createHash('sha256').update('u\0old').digest('hex')
  await insertKey(many.next(), oldHash, 'whatever', Date.now() - 2 * keptForMs)
  await ask('old')
  assert.equal(done, 2)
})

test('of many who make a security group as many succeed as the quota lets, the default group included', async () => {
  const projectId = 'p-groups' as ProjectId
  const made = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => {
      const db = many.next()
      const quotas = new QuotaService(db, { ...noQuotas, securityGroups: 4 })
      return new SecurityGroups(db, systemClock, quotas).create(projectId, `group-${index}`, '')
    }),
  )
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 3)
  assert.equal((await many.next()('security_groups').where({ project_id: projectId })).length, 4)
})

test('services that start at once make one admin, whose first password change is the only one', async () => {
  const made = await Promise.all(
    many.all.map((db) => bootstrapIdentity(db, { adminPassword: () => 'right', passwordCost })),
  )
  assert.equal(made.filter(({ createdAdmin }) => createdAdmin).length, 1)
  assert.equal(new Set(made.map(({ adminUserId }) => adminUserId)).size, 1)
  const id = made[0]?.adminUserId ?? ''
  const identities = many.all.map((db): IdentityService => createIdentityService({ db, passwordCost }))
  const changes = await Promise.allSettled(
    identities.map((identity, index) => identity.users.changePassword(id, 'right', `new-${index}`)),
  )
  assert.equal(changes.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('a user has as many key pairs as allowed', async () => {
  const admin = (await many.next()('users').where({ name: 'admin' }).first('id')) as { id: UserId }
  const admit = async (had: number): Promise<void> => {
    if (had >= 5) throw forbidden('too many')
  }
  const made = await Promise.allSettled(
    Array.from({ length: 15 }, (_, index) =>
      new KeypairDirectory(many.next(), systemClock).create(admin.id, { name: `key-${index}`, type: 'ssh' }, admit),
    ),
  )
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 5)
})
