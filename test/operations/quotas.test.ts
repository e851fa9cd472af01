/** Quotas: what does not fit is refused in Nova's words, races give nobody too much, and what is deleted is given back. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { InstanceId, ProjectId, UserId } from '../../src/model/ids.ts'
import { novaQuotas, unlimited, type QuotaLimits } from '../../src/model/quotas.ts'
import { openDatabase, type Db } from '../../src/store/database.ts'
import { insertDomain } from '../../src/store/domains.ts'
import { insertProject } from '../../src/store/projects.ts'
import { findQuotaUsage } from '../../src/store/quotas.ts'
import { setUserQuotaLimits } from '../../src/store/user-quotas.ts'
import { context, makeQuotaFixture, request, type QuotaFixture } from '../support/quota-fixture.ts'
import { dropTestDatabaseIn, testDatabaseIn } from '../support/test-database.ts'
import { actor, World } from '../support/world.ts'

const run = promisify(execFile)
const racer = fileURLToPath(new URL('./quota-racer.ts', import.meta.url))

const { projectId } = context
const open: Db[] = []
after(async () => {
  for (const db of open) await db.destroy()
})

async function makeService(limits: Partial<QuotaLimits>): Promise<QuotaFixture> {
  const fixture = await makeQuotaFixture(limits)
  open.push(fixture.db)
  return fixture
}

function refusedWith(text: string | RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof PolyvisorError)
    assert.equal(error.status, 403)
    if (typeof text === 'string') assert.equal(error.message, text)
    else assert.match(error.message, text)
    return true
  }
}

test('the default is what Nova gives', () => {
  const { instances, cores, ramMb, keyPairs, metadataItems } = novaQuotas
  assert.deepEqual([instances, cores, ramMb, keyPairs, metadataItems], [10, 20, 51_200, 100, 128])
})

describe('races', () => {
  test('two hundred concurrent requests of a project with a quota of ten: exactly ten are accepted', async () => {
    const { db, crowd, count } = await makeService({ instances: 10 })
    assert.equal(await crowd(200), 10)
    assert.equal(await count(), 10)
    assert.deepEqual(await findQuotaUsage(db, projectId), { instances: 10, cores: 10, ramMb: 5120 })
  })

  test('so do two processes on one database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'polyvisor-quotas-'))
    try {
      const config = await testDatabaseIn(folder)
      await (await openDatabase(config)).destroy()
      const racers = [0, 1].map(() => run(process.execPath, [racer, JSON.stringify(config)], { timeout: 60_000 }))
      const accepted = (await Promise.all(racers)).map(({ stdout }) => Number(stdout))
      assert.equal((accepted[0] ?? 0) + (accepted[1] ?? 0), 10, accepted.join(' and '))
    } finally {
      await dropTestDatabaseIn(folder)
      await rm(folder, { recursive: true })
    }
  })
})

describe('what fits', () => {
  test('as many as fit between min_count and max_count', async () => {
    const { instances, count } = await makeService({ instances: 5 })
    const { instanceIds } = await instances.create({ ...request, count: { min: 2, max: 8 } }, context)
    assert.equal(instanceIds.length, 5)
    await assert.rejects(
      instances.create({ ...request, count: { min: 2, max: 3 } }, context),
      refusedWith('Quota exceeded for instances: Requested 2-3, but already used 5 of 5 instances'),
    )
    assert.equal(await count(), 5)
  })

  test('all that are over are named, in Nova’s order', async () => {
    const { instances } = await makeService({ instances: 1, cores: 1, ramMb: 600 })
    await instances.create(request, context)
    await assert.rejects(
      instances.create(request, context),
      refusedWith(
        'Quota exceeded for cores, instances, ram: Requested 1, 1, 512, but already used 1, 1, 512 of 1, 1, 600 cores, instances, ram',
      ),
    )
  })

  test('a project has its own', async () => {
    const { instances } = await makeService({ instances: 1 })
    await instances.create(request, context)
    await instances.create(request, { ...context, projectId: 'p2' as ProjectId })
  })

  test('a user with limits of its own keeps to them within the project’s; nobody else has to', async () => {
    const { instances, quotas, db, count } = await makeService({ instances: 5 })
    await setUserQuotaLimits(db, context, { instances: 2 })
    const refusal = 'Quota exceeded for instances: Requested 1, but already used 2 of 2 instances'
    const { instanceIds } = await instances.create({ ...request, count: { min: 1, max: 4 } }, context)
    assert.equal(instanceIds.length, 2)
    await assert.rejects(instances.create(request, context), refusedWith(refusal))
    await instances.create({ ...request, count: { min: 3, max: 3 } }, { ...context, userId: 'u2' as UserId })
    assert.deepEqual([(await quotas.used(projectId)).instances, (await quotas.usedByUser(context)).instances], [5, 2])
    await setUserQuotaLimits(db, context, { instances: unlimited })
    await assert.rejects(instances.create(request, context), refusedWith(/already used 5 of 5 instances/))
    assert.equal(await count(), 5)
  })

  test('a user’s resize counts from its beginning, beside another one that is under way', async (t) => {
    const world = await World.make({ nodes: 2, latencyMs: 50 })
    t.after(() => world.end())
    const [one, other] = [await world.create(), await world.create()]
    await Promise.all([one, other].map(({ operationId }) => world.ended(operationId)))
    const user = { projectId: actor.projectId, userId: actor.userId }
    await setUserQuotaLimits(world.db, user, { cores: 3 })
    const first = await world.resize(one.instanceId)
    await assert.rejects(world.resize(other.instanceId), refusedWith(/cores/))
    assert.equal((await world.ended(first.operationId)).status, 'succeeded')
    await assert.rejects(world.resize(other.instanceId), refusedWith(/cores/))
  })

  test('of many requests of one user at once only as many are taken as it may have', async () => {
    const { db, count, crowd } = await makeService({ instances: 20 })
    await setUserQuotaLimits(db, context, { instances: 3 })
    assert.equal(await crowd(8), 3)
    assert.equal(await count(), 3)
  })

  test('metadata', async () => {
    const { instances, count } = await makeService({ metadataItems: 1 })
    await assert.rejects(
      instances.create({ ...request, metadata: { a: '1', b: '2' } }, context),
      refusedWith('Maximum number of metadata items exceeds 1'),
    )
    assert.equal(await count(), 0)
  })
})

describe('limits that an admin sets', () => {
  test('hold until they are reset; below what is in use only by force', async () => {
    const { db, quotas, instances } = await makeService({ instances: 1 })
    await insertDomain(db, { id: 'd', name: 'd', description: '', enabled: true, immutable: false })
    await insertProject(db, {
      id: projectId,
      domainId: 'd',
      name: 'p',
      description: '',
      parentId: null,
      enabled: true,
      immutable: false,
      tags: [],
      createdAtMs: 0,
    })
    await quotas.set(projectId, { instances: 2 }, { force: false })
    await instances.create({ ...request, count: { min: 2, max: 2 } }, context)
    await assert.rejects(quotas.set(projectId, { instances: 1 }, { force: false }), /already used and reserved 2/)
    assert.equal((await quotas.set(projectId, { instances: 0, cores: -1 }, { force: true })).instances, 0)
    await assert.rejects(instances.create(request, context), refusedWith(/already used 2 of 0 instances$/))
    await quotas.reset(projectId)
    assert.equal((await quotas.limits(projectId)).instances, 1)
    await assert.rejects(quotas.set('nobody', {}, { force: false }), /not a valid project/)
  })
})

test('a deleted server gives its share back, also one that failed', async () => {
  const world = await World.make({ node: { vcpus: 1 } })
  try {
    const created = [await world.create(), await world.create()]
    for (const { operationId } of created) await world.ended(operationId)
    assert.equal((await world.control.quotas.used(projectId)).instances, 2)
    await world.settled()
    for (const { instanceId } of created) {
      const twice = await Promise.all([0, 1].map(() => world.act(instanceId as InstanceId, 'delete')))
      for (const { operationId } of twice) await world.ended(operationId)
    }
    await world.settled()
    const { instances, cores, ramMb } = await world.control.quotas.used(projectId)
    assert.deepEqual({ instances, cores, ramMb }, { instances: 0, cores: 0, ramMb: 0 })
  } finally {
    await world.end()
  }
})
