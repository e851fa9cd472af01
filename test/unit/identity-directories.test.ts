import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { createIdentityService } from '../../src/identity/identity-service.ts'
import type { IdentityService } from '../../src/identity/identity-service.ts'
import { createPasswords } from '../../src/identity/passwords.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import { openTestDatabase } from '../support/test-database.ts'
import type { Db } from '../../src/store/database.ts'
import { createLimiter } from '../../src/util/limiter.ts'

const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
let db: Db
let identity: IdentityService

beforeEach(async () => {
  db = await openTestDatabase()
  await bootstrapIdentity(db, { adminPassword: () => 'right', passwordCost })
  identity = createIdentityService({ db, passwordCost })
})
afterEach(() => db.destroy())

const coded = (code: string) => (error: unknown) => error instanceof PolyvisorError && error.code === code

test('projects are made, found, changed and deleted; names are unique in a domain', async () => {
  const project = await identity.projects.create({ name: 'lab', description: 'for trying' })
  await assert.rejects(identity.projects.create({ name: 'lab' }), coded('project-exists'))
  await assert.rejects(identity.projects.create({ name: 'x', domainId: 'nowhere' }), coded('domain-not-found'))
  assert.deepEqual(await identity.projects.list({ name: 'lab' }), [project])
  const renamed = await identity.projects.update(project.id, { name: 'lab-2', enabled: false })
  assert.deepEqual(renamed, { ...project, name: 'lab-2', enabled: false })
  await assert.rejects(identity.projects.update(project.id, { name: 'admin' }), coded('project-exists'))
  await identity.projects.delete(project.id)
  await assert.rejects(identity.projects.delete(project.id), coded('project-not-found'))
})

test('a deleted project is nobody’s default project any more', async () => {
  const project = await identity.projects.create({ name: 'lab' })
  const user = await identity.users.create({ name: 'bob', password: 'pw', defaultProjectId: project.id })
  await identity.projects.delete(project.id)
  assert.equal((await identity.users.get(user.id)).defaultProjectId, null)
})

test('users are made, found, changed and deleted, and never show a hash', async () => {
  const user = await identity.users.create({ name: 'bob', password: 'secret-word', email: 'bob@example.org' })
  await assert.rejects(identity.users.create({ name: 'bob' }), coded('user-exists'))
  assert.ok(!JSON.stringify(await identity.users.list()).includes('argon2'))
  const changed = await identity.users.update(user.id, { description: 'builder', email: null })
  assert.deepEqual(changed, { ...user, description: 'builder', email: null })
  await identity.users.delete(user.id)
  await assert.rejects(identity.users.get(user.id), coded('user-not-found'))
})

test('a change of one’s own password needs the old one', async () => {
  const user = await identity.users.create({ name: 'bob', password: 'old' })
  await assert.rejects(identity.users.changePassword(user.id, 'wrong', 'new'), coded('unauthenticated'))
  await assert.rejects(identity.users.changePassword('nobody', 'old', 'new'), coded('unauthenticated'))
  await assert.rejects(identity.users.changePassword(user.id, 'old', 'old'), coded('password-used-before'))
  await identity.users.changePassword(user.id, 'old', 'new')
  await assert.rejects(identity.users.changePassword(user.id, 'old', 'newer'), coded('unauthenticated'))
})

test('roles on projects are assigned once, listed and taken away', async () => {
  const project = await identity.projects.create({ name: 'lab' })
  const user = await identity.users.create({ name: 'bob' })
  const role = await identity.roles.create({ name: 'auditor' })
  const target = { projectId: project.id }
  await identity.assignments.assign({ userId: user.id }, role.id, target)
  await identity.assignments.assign({ userId: user.id }, role.id, target)
  assert.deepEqual(await identity.assignments.rolesOf({ userId: user.id }, target), [role])
  await identity.assignments.requireAssignment({ userId: user.id }, role.id, target)
  assert.deepEqual(await identity.assignments.list({ userId: user.id }), [
    {
      holder: { kind: 'user', id: user.id, name: 'bob', domain: { id: 'default', name: 'Default' } },
      role: { id: role.id, name: 'auditor', domain: null },
      project: { id: project.id, name: 'lab', domain: { id: 'default', name: 'Default' } },
      domain: null,
      isInherited: false,
    },
  ])
  assert.deepEqual(await identity.projects.listOfUser(user.id), [project])
  await identity.assignments.unassign({ userId: user.id }, role.id, target)
  await assert.rejects(
    identity.assignments.unassign({ userId: user.id }, role.id, target),
    coded('role-assignment-not-found'),
  )
  await assert.rejects(identity.assignments.assign({ userId: user.id }, 'none', target), coded('role-not-found'))
  await assert.rejects(identity.assignments.assign({ userId: 'none' }, role.id, target), coded('user-not-found'))
})

test('the roles that the policy relies on stay as they are', async () => {
  const [admin] = await identity.roles.list({ name: 'admin' })
  assert.ok(admin)
  await assert.rejects(identity.roles.delete(admin.id), coded('forbidden'))
  await assert.rejects(identity.roles.update(admin.id, { name: 'root' }), coded('forbidden'))
  assert.equal((await identity.roles.update(admin.id, { description: 'all' })).description, 'all')
  await assert.rejects(identity.roles.create({ name: 'admin' }), coded('role-exists'))
})

test('a user who does not exist costs the same work as a wrong password', async () => {
  // Costly enough to be told from noise: without the decoy the unknown user would be answered in microseconds.
  const passwords = createPasswords({ memoryCost: 4_096, timeCost: 2, parallelism: 1 })
  const passwordHash = await passwords.hash('right')
  // Of the processor: how long it takes says more of what else the machine does.
  const workOf = async (against: string | undefined): Promise<number> => {
    const before = process.cpuUsage()
    for (let round = 0; round < 5; round += 1) assert.equal(await passwords.verify(against, 'wrong'), false)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  await workOf(undefined)
  const [wrong, unknown] = [await workOf(passwordHash), await workOf(undefined)]
  assert.ok(unknown > wrong / 4, `unknown ${unknown} µs, wrong ${wrong} µs`)
})

test('the limiter keeps to its number, serves in order and refuses when the line is full', async () => {
  const limited = createLimiter({ atOnce: 2, maxWaiting: 2, whenFull: () => new Error('full') })
  const done: number[] = []
  let running = 0
  let most = 0
  const work = (id: number) =>
    limited(async () => {
      most = Math.max(most, (running += 1))
      await new Promise(setImmediate)
      running -= 1
      done.push(id)
    })
  const four = [1, 2, 3, 4].map(work)
  await assert.rejects(work(5), /full/)
  await Promise.all(four)
  assert.deepEqual(done, [1, 2, 3, 4])
  assert.equal(most, 2)
  await work(6)
})
