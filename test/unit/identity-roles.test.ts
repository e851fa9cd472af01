/** Who has which role in the end: through groups, from above, by implication; and that tokens and lists agree on it. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { createIdentityService, type IdentityService } from '../../src/identity/identity-service.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { Project, Role, RoleTarget, User } from '../../src/model/identity.ts'
import type { ScopeRequest } from '../../src/model/token.ts'
import type { Db } from '../../src/store/database.ts'
import { openTestDatabase } from '../support/test-database.ts'

const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
let db: Db
let identity: IdentityService
let ann: User
let auditor: Role
let top: Project
let middle: Project
let leaf: Project

beforeEach(async () => {
  db = await openTestDatabase()
  await bootstrapIdentity(db, { adminPassword: () => 'right', passwordCost })
  identity = createIdentityService({ db, passwordCost })
  ann = await identity.users.create({ name: 'ann', password: 'pw' })
  auditor = await identity.roles.create({ name: 'auditor' })
  top = await identity.projects.create({ name: 'top' })
  middle = await identity.projects.create({ name: 'middle', parentId: top.id })
  leaf = await identity.projects.create({ name: 'leaf', parentId: middle.id })
})
afterEach(() => db.destroy())

const coded = (code: string) => (error: unknown) => error instanceof PolyvisorError && error.code === code
const logIn = (scope: ScopeRequest) =>
  identity.authenticate({ credential: { method: 'password', user: { id: ann.id }, password: 'pw' }, scope }, '')
const onProject = ({ id }: Project): ScopeRequest => ({ kind: 'project', project: { id } })

/** As a token has them; undefined when there is no such token to be had. */
async function rolesIn(scope: ScopeRequest): Promise<readonly string[] | undefined> {
  try {
    return (await logIn(scope)).context.roles.map(({ name }) => name)
  } catch (error) {
    assert.ok(error instanceof PolyvisorError && error.kind === 'unauthorized', String(error))
    return undefined
  }
}

/** As the list of effective assignments has them. */
async function effectiveOn(project: Project): Promise<readonly string[]> {
  const listed = await identity.assignments.listEffective({ userId: ann.id, projectId: project.id })
  return listed.map(({ role }) => role.name).sort()
}

async function assertRolesOn(project: Project, names: readonly string[]): Promise<void> {
  assert.deepEqual((await rolesIn(onProject(project))) ?? [], names)
  assert.deepEqual(await effectiveOn(project), names)
  const mine = (await identity.projects.listOfUser(ann.id)).map(({ id }) => id)
  assert.equal(mine.includes(project.id), names.length > 0)
}

test('a role inherited from a project holds below it, however deep, and not on it', async () => {
  await identity.assignments.assign({ userId: ann.id }, auditor.id, { inheritedProjectId: top.id })
  await assertRolesOn(top, [])
  await assertRolesOn(middle, ['auditor'])
  await assertRolesOn(leaf, ['auditor'])
  await identity.assignments.unassign({ userId: ann.id }, auditor.id, { inheritedProjectId: top.id })
  await assertRolesOn(leaf, [])
})

test('a role inherited from a domain holds on all its projects, and not on it', async () => {
  const other = await identity.domains.create({ name: 'other' })
  const elsewhere = await identity.projects.create({ name: 'elsewhere', domainId: other.id })
  await identity.assignments.assign({ userId: ann.id }, auditor.id, { inheritedDomainId: 'default' })
  await assertRolesOn(top, ['auditor'])
  await assertRolesOn(leaf, ['auditor'])
  await assertRolesOn(elsewhere, [])
  assert.equal(await rolesIn({ kind: 'domain', domain: { id: 'default' } }), undefined)
  assert.deepEqual(await identity.domains.listOfUser(ann.id), [])
})

test('a group holds roles for its members, wherever a user can', async () => {
  const group = await identity.groups.create({ name: 'crew' })
  const targets: readonly [RoleTarget, ScopeRequest][] = [
    [{ projectId: top.id }, onProject(top)],
    [{ inheritedProjectId: top.id }, onProject(leaf)],
    [{ domainId: 'default' }, { kind: 'domain', domain: { id: 'default' } }],
    [{ system: true }, { kind: 'system' }],
  ]
  for (const [target] of targets) await identity.assignments.assign({ groupId: group.id }, auditor.id, target)
  for (const [, scope] of targets) assert.equal(await rolesIn(scope), undefined)
  await identity.groups.addMember(group.id, ann.id)
  await identity.groups.addMember(group.id, ann.id)
  for (const [, scope] of targets) assert.deepEqual(await rolesIn(scope), ['auditor'])
  await assertRolesOn(leaf, ['auditor'])
  assert.deepEqual(
    (await identity.domains.listOfUser(ann.id)).map(({ id }) => id),
    ['default'],
  )
  const { token } = await logIn(onProject(top))
  assert.ok(await identity.validate(token))
  await identity.groups.removeMember(group.id, ann.id)
  assert.equal(await identity.validate(token), undefined, 'at once')
  await assert.rejects(identity.groups.removeMember(group.id, ann.id), coded('group-member-not-found'))
  await identity.groups.addMember(group.id, ann.id)
  await identity.groups.delete(group.id)
  for (const [, scope] of targets) assert.equal(await rolesIn(scope), undefined)
})

test('implied roles come along, through any number of rules, also around a circle', async () => {
  const [inspector, clerk] = [
    await identity.roles.create({ name: 'inspector' }),
    await identity.roles.create({ name: 'clerk' }),
  ]
  await identity.assignments.assign({ userId: ann.id }, auditor.id, { projectId: top.id })
  await identity.roles.imply(auditor.id, inspector.id)
  await identity.roles.imply(inspector.id, clerk.id)
  await identity.roles.imply(clerk.id, auditor.id)
  await assertRolesOn(top, ['auditor', 'clerk', 'inspector'])
  const { token } = await logIn(onProject(top))
  await identity.roles.unimply(auditor.id, inspector.id)
  assert.deepEqual(
    (await identity.validate(token))?.roles.map(({ name }) => name),
    ['auditor'],
  )
  await assert.rejects(identity.roles.unimply(auditor.id, inspector.id), coded('implied-role-not-found'))
})

test('admin brings member and reader, and nothing brings admin', async () => {
  const [admin, member] = [await roleNamed('admin'), await roleNamed('member')]
  await identity.assignments.assign({ userId: ann.id }, admin.id, { projectId: top.id })
  await assertRolesOn(top, ['admin', 'member', 'reader'])
  await assert.rejects(identity.roles.imply(auditor.id, admin.id), coded('forbidden'))
  await assert.rejects(identity.roles.unimply(admin.id, member.id), coded('forbidden'))
})

async function roleNamed(name: string): Promise<Role> {
  const [role] = await identity.roles.list({ name })
  assert.ok(role)
  return role
}

test('a role of one domain is in no token, but what it implies is', async () => {
  const other = await identity.domains.create({ name: 'other' })
  const local = await identity.roles.create({ name: 'auditor', domainId: 'default' })
  await identity.roles.create({ name: 'auditor', domainId: other.id })
  await assert.rejects(identity.roles.create({ name: 'auditor', domainId: other.id }), coded('role-exists'))
  await assert.rejects(identity.roles.create({ name: 'admin', domainId: other.id }), coded('role-exists'))
  await identity.assignments.assign({ userId: ann.id }, local.id, { projectId: top.id })
  assert.equal(await rolesIn(onProject(top)), undefined)
  assert.deepEqual(await effectiveOn(top), [])
  await identity.roles.imply(local.id, auditor.id)
  assert.deepEqual(await rolesIn(onProject(top)), ['auditor'])
  await assert.rejects(identity.roles.imply(auditor.id, local.id), coded('forbidden'))
  const elsewhere = await identity.projects.create({ name: 'elsewhere', domainId: other.id })
  const there = { projectId: elsewhere.id }
  await assert.rejects(identity.assignments.assign({ userId: ann.id }, local.id, there), coded('forbidden'))
  assert.ok(!(await identity.roles.list()).some(({ id }) => id === local.id))
})

test('projects lie within projects of their domain, five deep, and shut from the bottom up', async () => {
  const other = await identity.domains.create({ name: 'other' })
  const within = { name: 'x', domainId: other.id, parentId: top.id }
  await assert.rejects(identity.projects.create(within), coded('other-domain'))
  const fourth = await identity.projects.create({ name: 'fourth', parentId: leaf.id })
  const fifth = await identity.projects.create({ name: 'fifth', parentId: fourth.id })
  await assert.rejects(identity.projects.create({ name: 'sixth', parentId: fifth.id }), coded('forbidden'))
  assert.deepEqual(
    (await identity.projects.listBelow(middle.id)).map(({ name }) => name),
    ['leaf', 'fourth', 'fifth'],
  )
  await assert.rejects(identity.projects.delete(middle.id), coded('forbidden'))
  await assert.rejects(identity.projects.update(fourth.id, { enabled: false }), coded('forbidden'))
  await identity.projects.update(fifth.id, { enabled: false })
  await identity.projects.update(fourth.id, { enabled: false })
  await assert.rejects(identity.projects.update(fifth.id, { enabled: true }), coded('forbidden'))
  await assert.rejects(identity.projects.create({ name: 'new', parentId: fourth.id }), coded('forbidden'))
})

test('a domain that is disabled shuts its users and projects out at once; deleted, it takes all along', async () => {
  const other = await identity.domains.create({ name: 'other' })
  const project = await identity.projects.create({ name: 'there', domainId: other.id })
  const user = await identity.users.create({ name: 'eve', domainId: other.id, password: 'pw' })
  const group = await identity.groups.create({ name: 'crew', domainId: other.id })
  const local = await identity.roles.create({ name: 'local', domainId: other.id })
  await identity.assignments.assign({ userId: ann.id }, auditor.id, { projectId: project.id })
  await identity.assignments.assign({ userId: user.id }, auditor.id, { projectId: top.id })
  const asEve = { method: 'password', user: { id: user.id }, password: 'pw' } as const
  const tokens = [
    (await logIn(onProject(project))).token,
    (await identity.authenticate({ credential: asEve, scope: onProject(top) }, '')).token,
  ]
  await assert.rejects(identity.domains.delete(other.id), coded('forbidden'))
  await identity.domains.update(other.id, { enabled: false })
  for (const token of tokens) assert.equal(await identity.validate(token), undefined)
  await identity.domains.update(other.id, { enabled: true })
  for (const token of tokens) assert.equal(await identity.validate(token), undefined, 'ended, not held back')
  await identity.domains.update(other.id, { enabled: false })
  await identity.domains.delete(other.id)
  await assert.rejects(identity.projects.get(project.id), coded('project-not-found'))
  await assert.rejects(identity.users.get(user.id), coded('user-not-found'))
  await assert.rejects(identity.groups.get(group.id), coded('group-not-found'))
  await assert.rejects(identity.roles.get(local.id), coded('role-not-found'))
})

test('what is immutable is neither changed nor deleted until that is taken back, by itself', async () => {
  const role = await identity.roles.create({ name: 'fixed', immutable: true })
  await assert.rejects(identity.roles.update(role.id, { name: 'loose' }), coded('forbidden'))
  await assert.rejects(identity.roles.update(role.id, { name: 'loose', immutable: false }), coded('forbidden'))
  await assert.rejects(identity.roles.delete(role.id), coded('forbidden'))
  await identity.roles.update(role.id, { immutable: false })
  await identity.roles.delete(role.id)
  await identity.projects.update(leaf.id, { immutable: true })
  await assert.rejects(identity.projects.addTag(leaf.id, 'tag'), coded('forbidden'))
  await assert.rejects(identity.projects.delete(leaf.id), coded('forbidden'))
  const domain = await identity.domains.create({ name: 'other', enabled: false, immutable: true })
  await assert.rejects(identity.domains.delete(domain.id), coded('forbidden'))
})

test('projects are found by their tags', async () => {
  const named = async (filter: Parameters<typeof identity.projects.list>[0]) =>
    (await identity.projects.list(filter)).map(({ name }) => name)
  await identity.projects.update(top.id, { tags: ['red', 'blue', 'red'] })
  await identity.projects.addTag(middle.id, 'red')
  assert.deepEqual((await identity.projects.get(top.id)).tags, ['blue', 'red'])
  assert.deepEqual(await named({ tags: ['red', 'blue'] }), ['top'])
  assert.deepEqual(await named({ anyTags: ['red', 'green'] }), ['middle', 'top'])
  assert.deepEqual(await named({ notTags: ['red', 'blue'] }), ['admin', 'leaf', 'middle'])
  assert.deepEqual(await named({ notAnyTags: ['red'] }), ['admin', 'leaf'])
  const many = Array.from({ length: 81 }, (_, index) => `tag-${index}`)
  await assert.rejects(identity.projects.update(top.id, { tags: many }), coded('too-many-tags'))
})
