/** Tokens made from tokens: same bearer, same end, a chain that an auditor can follow; and everything that ends them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v3 = '/identity/v3'
let faces: FaceHarness
let ann: Tenant
let secondProject: string

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  secondProject = (await faces.services.identity.projects.create({ name: 'second' })).id
  await assign(ann.userId, 'reader', { projectId: secondProject as never })
})
after(() => faces.stop())

type Target = Parameters<typeof faces.services.identity.assignments.assign>[2]
async function assign(userId: string, roleName: string, target: Target): Promise<string> {
  const [role] = await faces.services.identity.roles.list({ name: roleName })
  await faces.services.identity.assignments.assign({ userId }, role?.id ?? '', target)
  return role?.id ?? ''
}
const rescope = (id: string, scope?: object | string) =>
  supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .send({ auth: { identity: { methods: ['token'], token: { id } }, ...(scope === undefined ? {} : { scope }) } })
const by = (token: string) => ({ 'x-auth-token': token })
const get = (path: string, token: string) => supertest(faces.app).get(`${v3}${path}`).set(by(token))
const tokenIn = (response: { headers: Record<string, string> }) => String(response.headers['x-subject-token'])

test('a token is re-scoped: same user, same end, the other project, an audit chain back to the login', async () => {
  const login = await get('/auth/tokens', ann.token).set('x-subject-token', ann.token).expect(200)
  const first = await rescope(ann.token, { project: { id: secondProject } }).expect(201)
  const { token } = first.body
  assert.equal(token.project.id, secondProject)
  assert.equal(token.user.id, ann.userId)
  assert.equal(token.expires_at, login.body.token.expires_at)
  assert.deepEqual(token.methods, ['token', 'password'])
  assert.equal(token.audit_ids[1], login.body.token.audit_ids[0])
  assert.deepEqual(
    token.roles.map(({ name }: { name: string }) => name),
    ['reader'],
  )
  const second = await rescope(tokenIn(first), { project: { name: 'ann', domain: { id: 'default' } } }).expect(201)
  assert.equal(second.body.token.audit_ids[1], login.body.token.audit_ids[0], 'the chain names its head')
  assert.notEqual(second.body.token.audit_ids[0], token.audit_ids[0])
  assert.equal(second.body.token.expires_at, login.body.token.expires_at)
  const shown = await get('/auth/tokens', faces.adminToken).set('x-subject-token', tokenIn(second)).expect(200)
  assert.deepEqual(shown.body.token.audit_ids, second.body.token.audit_ids)
})

test('without a scope the default project is taken; unscoped tokens have projects to choose from and no catalog', async () => {
  assert.equal((await rescope(ann.token).expect(201)).body.token.project.id, ann.projectId)
  const unscoped = await rescope(ann.token, 'unscoped').expect(201)
  assert.equal(unscoped.body.token.project, undefined)
  const listed = await get('/auth/projects', tokenIn(unscoped)).expect(200)
  assert.deepEqual(
    listed.body.projects.map(({ name }: { name: string }) => name),
    ['ann', 'second'],
  )
  await get('/auth/catalog', tokenIn(unscoped)).expect(403)
  assert.equal((await get('/auth/catalog', ann.token).expect(200)).body.catalog.length, 3)
})

test('scopes without a role, and tokens that are none, are refused with 401', async () => {
  const bob = await faces.addTenant('bob', 'member')
  await rescope(ann.token, { project: { id: bob.projectId } }).expect(401)
  await rescope(ann.token, { domain: { id: 'default' } }).expect(401)
  await rescope('x'.repeat(43)).expect(404)
  const both = { methods: ['password', 'token'], token: { id: ann.token } }
  await supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .send({ auth: { identity: both } })
    .expect(401)
  const none = { methods: ['token'] }
  await supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .send({ auth: { identity: none } })
    .expect(400)
})

test('a role on a domain: assigned, checked, listed, a scope to choose, taken away', async () => {
  const place = `${v3}/domains/default/users/${ann.userId}/roles`
  assert.deepEqual((await get('/auth/domains', ann.token).expect(200)).body.domains, [])
  const [role] = await faces.services.identity.roles.list({ name: 'reader' })
  const put = () => supertest(faces.app).put(`${place}/${role?.id}`).set(by(faces.adminToken))
  await put().expect(204)
  await put().expect(204)
  await supertest(faces.app).head(`${place}/${role?.id}`).set(by(faces.adminToken)).expect(204)
  const roles = await supertest(faces.app).get(place).set(by(faces.adminToken)).expect(200)
  assert.equal(roles.body.roles.length, 1)
  assert.equal((await get('/auth/domains', ann.token).expect(200)).body.domains[0].name, 'Default')
  const scoped = await rescope(ann.token, { domain: { name: 'Default' } }).expect(201)
  assert.equal(scoped.body.token.domain.id, 'default')
  await supertest(faces.app).delete(`${place}/${role?.id}`).set(by(faces.adminToken)).expect(204)
  await get('/auth/projects', tokenIn(scoped)).expect(401)
})

test('revoking one token leaves the others; a new password, or disabling, ends them all, re-scoped ones too', async () => {
  const cy = await faces.addTenant('cy', 'member')
  const spare = tokenIn(await rescope(cy.token).expect(201))
  await supertest(faces.app).delete(`${v3}/auth/tokens`).set(by(cy.token)).set('x-subject-token', cy.token).expect(204)
  await rescope(cy.token).expect(404)
  await get('/auth/projects', spare).expect(200)
  const change = (user: object) =>
    supertest(faces.app).patch(`${v3}/users/${cy.userId}`).set(by(faces.adminToken)).send({ user }).expect(200)
  await change({ password: 'another' })
  await get('/auth/projects', spare).expect(401)
  const login = await faces.tokenOf('cy', 'another')
  const child = tokenIn(await rescope(login).expect(201))
  await change({ enabled: false })
  for (const token of [login, child]) {
    await get('/auth/projects', token).expect(401)
    await rescope(token).expect(404)
  }
})

test('admins revoke others’ tokens, members do not', async () => {
  const dee = await faces.addTenant('dee', 'member')
  const revoke = (bearer: string) =>
    supertest(faces.app).delete(`${v3}/auth/tokens`).set(by(bearer)).set('x-subject-token', dee.token)
  await revoke(ann.token).expect(403)
  await revoke(faces.adminToken).expect(204)
  await revoke(faces.adminToken).expect(404)
})
