import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { createIdentityService } from '../../src/identity/identity-service.ts'
import type { IdentityService } from '../../src/identity/identity-service.ts'
import { accessLevelOf, allows } from '../../src/identity/policy.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { ProjectId } from '../../src/model/ids.ts'
import type { AuthenticationRequest, ScopeRequest } from '../../src/model/token.ts'
import { openTestDatabase } from '../support/test-database.ts'
import type { Db } from '../../src/store/database.ts'

const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
const hourMs = 3_600_000
let db: Db
let identity: IdentityService
let nowMs: number
let adminProjectId: ProjectId

beforeEach(async () => {
  db = await openTestDatabase()
  nowMs = Date.parse('2026-01-01T00:00:00Z')
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
  ;({ adminProjectId } = await bootstrapIdentity(db, { adminPassword: () => 'right', passwordCost, nowMs }))
  identity = createIdentityService({ db, clock, passwordCost })
})
afterEach(() => db.destroy())

function login(name: string, password: string, scope: ScopeRequest = { kind: 'default' }): AuthenticationRequest {
  return { credential: { method: 'password', user: { name, domain: { name: 'Default' } }, password }, scope }
}

const isUnauthorized = (error: unknown) => error instanceof PolyvisorError && error.kind === 'unauthorized'

async function makeTenant(name = 'ann'): Promise<{ userId: string; projectId: ProjectId; memberRoleId: string }> {
  const project = await identity.projects.create({ name: `${name}s` })
  const user = await identity.users.create({ name, password: 'pw', defaultProjectId: project.id })
  const [member] = await identity.roles.list({ name: 'member' })
  assert.ok(member)
  await identity.assignments.assign({ userId: user.id }, member.id, { projectId: project.id })
  return { userId: user.id, projectId: project.id, memberRoleId: member.id }
}

test('the bootstrap is idempotent and never resets the password', async () => {
  const again = await bootstrapIdentity(db, { adminPassword: () => 'another', passwordCost })
  assert.equal(again.createdAdmin, false)
  assert.equal(again.adminProjectId, adminProjectId)
  assert.match(adminProjectId, /^[0-9a-f]{32}$/)
  assert.deepEqual(
    (await identity.roles.list()).map(({ name }) => name),
    ['admin', 'member', 'reader'],
  )
  await identity.authenticate(login('admin', 'right'))
  await assert.rejects(identity.authenticate(login('admin', 'another')), isUnauthorized)
})

test('a token says who and where, and only its hash is stored', async () => {
  const { token, context } = await identity.authenticate(login('admin', 'right'))
  assert.match(token, /^[A-Za-z0-9_-]{43}$/)
  assert.equal(context.projectId, adminProjectId)
  assert.equal(context.isAdmin, true)
  assert.equal(context.expiresAtMs, nowMs + hourMs)
  assert.deepEqual(await identity.validate(token), context)
  const stored = JSON.stringify([await db('tokens'), await db('users')])
  assert.ok(!stored.includes(token))
  assert.ok(!stored.includes('right'))
  assert.match(stored, /\$argon2id\$/)
})

test('a wrong password, an unknown user and a disabled user are told in the same words', async () => {
  const { userId } = await makeTenant()
  const texts = new Set<string>()
  const refusals = [login('admin', 'wrong'), login('nobody', 'pw'), login('ann', 'wrong')]
  await identity.users.update(userId, { enabled: false })
  for (const request of [...refusals, login('ann', 'pw')]) {
    await assert.rejects(
      identity.authenticate(request),
      (error) => isUnauthorized(error) && texts.add((error as Error).message) !== undefined,
    )
  }
  assert.equal(texts.size, 1)
  assert.ok(![...texts].some((text) => text.includes('wrong') || text.includes('ann')))
})

test('scopes: by id, by name, domain, none, and none to be had', async () => {
  const byId = await identity.authenticate(
    login('admin', 'right', { kind: 'project', project: { id: adminProjectId } }),
  )
  assert.equal(byId.context.projectName, 'admin')
  const byName = { kind: 'project', project: { name: 'admin', domain: { id: 'default' } } } as const
  assert.equal((await identity.authenticate(login('admin', 'right', byName))).context.projectId, adminProjectId)
  const unscoped = await identity.authenticate(login('admin', 'right', { kind: 'unscoped' }))
  assert.equal(unscoped.context.projectId, undefined)
  assert.equal(unscoped.context.isAdmin, false)
  const domain = { kind: 'domain', domain: { name: 'Default' } } as const
  await assert.rejects(identity.authenticate(login('admin', 'right', domain)), isUnauthorized)
  const [admin] = await identity.roles.list({ name: 'admin' })
  await identity.assignments.assign({ userId: byId.context.userId }, admin?.id ?? '', { domainId: 'default' })
  assert.deepEqual((await identity.authenticate(login('admin', 'right', domain))).context.scopedDomain, {
    id: 'default',
    name: 'Default',
  })
  await makeTenant()
  await assert.rejects(
    identity.authenticate(login('ann', 'pw', { kind: 'project', project: { id: adminProjectId } })),
    isUnauthorized,
  )
})

test('a default project that cannot be used gives a token without scope', async () => {
  const { projectId } = await makeTenant()
  await identity.projects.update(projectId, { enabled: false })
  const { context } = await identity.authenticate(login('ann', 'pw'))
  assert.equal(context.projectId, undefined)
  assert.equal((await db('tokens')).length, 1)
})

test('tokens expire, and the expired ones are purged', async () => {
  const { token } = await identity.authenticate(login('admin', 'right'))
  await identity.validate(token)
  nowMs += hourMs - 1
  assert.ok(await identity.validate(token))
  nowMs += 1
  assert.equal(await identity.validate(token), undefined)
  assert.equal(await identity.purgeExpiredTokens(), 1)
})

test('revocation holds at once, whatever is cached', async () => {
  const { token } = await identity.authenticate(login('admin', 'right'))
  assert.ok(await identity.validate(token))
  assert.equal(await identity.revoke(token), true)
  assert.equal(await identity.validate(token), undefined)
  assert.equal(await identity.revoke(token), false)
})

test('a validation that began before a revocation does not fill the cache after it', async () => {
  const { token } = await identity.authenticate(login('admin', 'right'))
  const [, revoked] = await Promise.all([identity.validate(token), identity.revoke(token)])
  assert.equal(revoked, true)
  assert.equal(await identity.validate(token), undefined)
})

test('every change that takes access away ends the tokens at once', async () => {
  const changes: Record<string, (tenant: Awaited<ReturnType<typeof makeTenant>>) => Promise<unknown>> = {
    disableUser: ({ userId }) => identity.users.update(userId, { enabled: false }),
    newPassword: ({ userId }) => identity.users.update(userId, { password: 'new' }),
    ownNewPassword: ({ userId }) => identity.users.changePassword(userId, 'pw', 'new'),
    deleteUser: ({ userId }) => identity.users.delete(userId),
    disableProject: ({ projectId }) => identity.projects.update(projectId, { enabled: false }),
    deleteProject: ({ projectId }) => identity.projects.delete(projectId),
    unassign: ({ userId, projectId, memberRoleId }) =>
      identity.assignments.unassign({ userId }, memberRoleId, { projectId }),
  }
  for (const [name, change] of Object.entries(changes)) {
    const tenant = await makeTenant(name)
    const { token } = await identity.authenticate(login(name, 'pw'))
    assert.equal((await identity.validate(token))?.accessLevel, 'member', name)
    await change(tenant)
    assert.equal(await identity.validate(token), undefined, name)
  }
})

test('a token that is not one of ours costs no query', async () => {
  await db.destroy()
  for (const token of ['', 'x', 'a'.repeat(5_000), '../../etc/passwd']) {
    assert.equal(await identity.validate(token), undefined)
  }
})

test('admin includes member includes reader; other roles give nothing', () => {
  const level = (...names: string[]) => accessLevelOf(names.map((name) => ({ id: name, name })))
  assert.equal(level('reader', 'admin'), 'admin')
  assert.equal(level('member'), 'member')
  assert.equal(level('reader'), 'reader')
  assert.equal(level('auditor'), 'none')
  assert.ok(allows('admin', 'reader'))
  assert.ok(!allows('reader', 'member'))
})
