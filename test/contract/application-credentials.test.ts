/** Application credentials over HTTP: logins with them, what they may do, and everything that ends them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v3 = '/identity/v3'
let faces: FaceHarness
let ann: Tenant

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
})
after(() => faces.stop())

interface Made {
  readonly id: string
  readonly secret: string
  readonly roles: readonly { readonly name: string }[]
  readonly access_rules?: readonly { readonly id: string }[]
}
const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, token = faces.adminToken) =>
  supertest(faces.app)[method](path).set('x-auth-token', token)
let counter = 0
async function make(tenant: Tenant, more: object = {}): Promise<Made> {
  const path = `${v3}/users/${tenant.userId}/application_credentials`
  const body = { application_credential: { name: `credential-${(counter += 1)}`, ...more } }
  return (await send('post', path, tenant.token).send(body).expect(201)).body.application_credential as Made
}
const logIn = (application_credential: object, scope?: object) =>
  supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .send({
      auth: {
        identity: { methods: ['application_credential'], application_credential },
        ...(scope === undefined ? {} : { scope }),
      },
    })
async function tokenOf({ id, secret }: Made): Promise<string> {
  return String((await logIn({ id, secret }).expect(201)).headers['x-subject-token'])
}

test('the secret is told once and logs in, by id or by name, to the project alone', async () => {
  const made = await make(ann, { name: 'robot', description: 'cleans' })
  const path = `${v3}/users/${ann.userId}/application_credentials`
  const shown = (await send('get', `${path}/${made.id}`, ann.token).expect(200)).body.application_credential
  assert.deepEqual({ ...shown, secret: made.secret }, made)
  const { token } = (await logIn({ id: made.id, secret: made.secret }).expect(201)).body
  assert.deepEqual(token.methods, ['application_credential'])
  assert.equal(token.project.id, ann.projectId)
  assert.deepEqual(token.application_credential, { id: made.id, name: 'robot', restricted: true })
  await logIn({ name: 'robot', user: { id: ann.userId }, secret: made.secret }).expect(201)
  await logIn({ name: 'robot', user: { name: 'ann', domain: { id: 'default' } }, secret: made.secret }).expect(201)
  await logIn({ id: made.id, secret: 'wrong' }).expect(401)
  await logIn({ id: 'nowhere', secret: made.secret }).expect(401)
  await logIn({ name: 'robot', secret: made.secret }).expect(400)
  await logIn({ id: made.id, secret: made.secret }, { project: { id: ann.projectId } }).expect(401)
  const twin = await send('post', path, ann.token).send({ application_credential: { name: 'robot' } })
  assert.equal(twin.status, 409)
})

test('it has roles that its user’s token carries, and no others', async () => {
  const reader = await make(ann, { roles: [{ name: 'reader' }] })
  const { token } = (await logIn({ id: reader.id, secret: reader.secret }).expect(201)).body
  assert.deepEqual(
    token.roles.map(({ name }: { name: string }) => name),
    ['reader'],
  )
  const path = `${v3}/users/${ann.userId}/application_credentials`
  const wanted = { application_credential: { name: 'root', roles: [{ name: 'admin' }] } }
  await send('post', path, ann.token).send(wanted).expect(400)
  await send('post', path, faces.adminToken).send(wanted).expect(403)
})

test('one that is restricted makes no others, and neither kind leaves its project', async () => {
  const restricted = await tokenOf(await make(ann))
  const path = `${v3}/users/${ann.userId}/application_credentials`
  const body = { application_credential: { name: 'child' } }
  await send('post', path, restricted).send(body).expect(403)
  const free = await make(ann, { unrestricted: true })
  const bearer = await tokenOf(free)
  await send('post', path, bearer).send(body).expect(201)
  const second = await faces.services.identity.projects.create({ name: 'second' })
  const [member] = await faces.services.identity.roles.list({ name: 'member' })
  await faces.services.identity.assignments.assign({ userId: ann.userId }, member?.id ?? '', { projectId: second.id })
  const rescope = (scope: object | string) =>
    supertest(faces.app)
      .post(`${v3}/auth/tokens`)
      .send({ auth: { identity: { methods: ['token'], token: { id: bearer } }, scope } })
  await rescope({ project: { id: second.id } }).expect(401)
  await rescope('unscoped').expect(401)
  const again = await rescope({ project: { id: ann.projectId } }).expect(201)
  assert.equal(again.body.token.application_credential.id, free.id)
  await send('delete', `${path}/${free.id}`, ann.token).expect(204)
  for (const token of [bearer, String(again.headers['x-subject-token'])])
    await send('get', `${v3}/auth/projects`, token).expect(401)
})

test('it ends at its time to the microsecond, and is not made for a moment that is past', async () => {
  const path = `${v3}/users/${ann.userId}/application_credentials`
  const at = (expires_at: string) =>
    send('post', path, ann.token).send({ application_credential: { name: `at-${(counter += 1)}`, expires_at } })
  const expires = '2099-01-02T03:04:05.123456'
  assert.equal((await at(expires).expect(201)).body.application_credential.expires_at, expires)
  assert.equal((await at(`${expires}Z`).expect(201)).body.application_credential.expires_at, expires)
  await at('2001-01-01T00:00:00').expect(400)
  await at('tomorrow').expect(400)
  const soon = new Date(Date.now() + 60_000).toISOString()
  const made = (await at(soon).expect(201)).body.application_credential as Made
  const { token } = (await logIn({ id: made.id, secret: made.secret }).expect(201)).body
  assert.ok(Date.parse(token.expires_at) <= Date.parse(soon), token.expires_at)
  await faces.db('application_credentials').where({ id: made.id }).update({ expires_at_us: 1 })
  await logIn({ id: made.id, secret: made.secret }).expect(401)
})

test('access rules let single kinds of requests through, and nothing else', async () => {
  const rule = { service: 'identity', method: 'GET', path: '/v3/users/*/projects' }
  const deep = { service: 'identity', method: 'GET', path: '/v3/projects/**' }
  const made = await make(ann, { access_rules: [rule, deep] })
  const token = await tokenOf(made)
  await send('get', `${v3}/users/${ann.userId}/projects`, token).expect(200)
  await send('get', `//identity/v3//users/${ann.userId}/projects/`, token).expect(200)
  await send('get', `${v3}/projects/${ann.projectId}`, token).expect(200)
  await send('get', `${v3}/projects/${ann.projectId}/tags`, token).expect(200)
  for (const path of [`users/${ann.userId}`, `users/${ann.userId}/groups`, 'auth/projects', 'users/a/b/projects'])
    assert.ok([403, 404].includes((await send('get', `${v3}/${path}`, token)).status), path)
  await send('get', '/image/v2/images', token).expect(403)
  await send('post', `${v3}/users/${ann.userId}/password`, token).send({}).expect(403)
  const nothing = await tokenOf(await make(ann, { access_rules: [] }))
  await send('get', `${v3}/users/${ann.userId}/projects`, nothing).expect(403)
})

test('access rules are the user’s, shared by credentials, and stay while one uses them', async () => {
  const bea = await faces.addTenant('bea', 'member')
  const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers' }
  const [first, second] = [await make(bea, { access_rules: [rule] }), await make(bea, { access_rules: [rule] })]
  const id = first.access_rules?.[0]?.id ?? ''
  assert.equal(second.access_rules?.[0]?.id, id)
  assert.equal((await make(bea, { access_rules: [{ id }] })).access_rules?.[0]?.id, id)
  const path = `${v3}/users/${bea.userId}`
  assert.equal((await send('get', `${path}/access_rules`, bea.token).expect(200)).body.access_rules.length, 1)
  await send('delete', `${path}/access_rules/${id}`, bea.token).expect(403)
  const list = (await send('get', `${path}/application_credentials`, bea.token).expect(200)).body
  for (const one of list.application_credentials as Made[])
    await send('delete', `${path}/application_credentials/${one.id}`, bea.token).expect(204)
  await send('delete', `${path}/access_rules/${id}`, bea.token).expect(204)
  await send('get', `${path}/access_rules/${id}`, bea.token).expect(404)
})

test('it ends with what it stands on: user, project, each of its roles, however they were held', async () => {
  const { identity } = faces.services
  const [member] = await identity.roles.list({ name: 'member' })
  const memberId = member?.id ?? ''
  const ends: Record<string, (tenant: Tenant) => Promise<unknown>> = {
    disabledUser: ({ userId }) => identity.users.update(userId, { enabled: false }),
    deletedUser: ({ userId }) => identity.users.delete(userId),
    disabledProject: ({ projectId }) => identity.projects.update(projectId, { enabled: false }),
    deletedProject: ({ projectId }) => identity.projects.delete(projectId),
    unassigned: ({ userId, projectId }) => identity.assignments.unassign({ userId }, memberId, { projectId }),
  }
  for (const [name, end] of Object.entries(ends)) {
    const tenant = await faces.addTenant(name, 'member')
    const made = await make(tenant)
    const token = await tokenOf(made)
    await end(tenant)
    await send('get', `${v3}/auth/projects`, token).expect(401)
    const refused = await logIn({ id: made.id, secret: made.secret })
    assert.equal(refused.status, 401, name)
  }
})

test('once a role was taken away it is dead for good, also when it came through a group or by implication', async () => {
  const { identity } = faces.services
  const tenant = await faces.addTenant('grouped', 'reader')
  const { userId, projectId } = tenant
  const [clerk, inspector] = [
    await identity.roles.create({ name: 'clerk' }),
    await identity.roles.create({ name: 'inspector' }),
  ]
  await identity.roles.imply(clerk.id, inspector.id)
  const group = await identity.groups.create({ name: 'clerks' })
  await identity.assignments.assign({ groupId: group.id }, clerk.id, { projectId })
  const takings: readonly (readonly [() => Promise<unknown>, () => Promise<unknown>])[] = [
    [() => identity.groups.removeMember(group.id, userId), () => identity.groups.addMember(group.id, userId)],
    [() => identity.roles.unimply(clerk.id, inspector.id), () => identity.roles.imply(clerk.id, inspector.id)],
    [
      () => identity.assignments.unassign({ groupId: group.id }, clerk.id, { projectId }),
      () => identity.assignments.assign({ groupId: group.id }, clerk.id, { projectId }),
    ],
    [() => identity.roles.delete(inspector.id), async () => undefined],
  ]
  await identity.groups.addMember(group.id, userId)
  for (const [index, [take, giveBack]] of takings.entries()) {
    const fresh = { ...tenant, token: await faces.tokenOf('grouped', 'pw') }
    const made = await make(fresh, { roles: [{ name: 'inspector' }] })
    await tokenOf(made)
    await take()
    await giveBack()
    assert.equal((await logIn({ id: made.id, secret: made.secret })).status, 401, String(index))
    await send('get', `${v3}/users/${userId}/application_credentials/${made.id}`).expect(404)
  }
})

test('neither secrets nor their hashes are in an answer, the log or the database', async () => {
  const made = await make(ann, { secret: 'my own secret' })
  assert.equal(made.secret, 'my own secret')
  const stored = JSON.stringify(await faces.db('application_credentials'))
  assert.ok(!stored.includes('my own secret'))
  assert.ok(!faces.logged().includes('my own secret'))
  const key = { 'idempotency-key': 'once' }
  const body = { application_credential: { name: 'kept' } }
  const path = `${v3}/users/${ann.userId}/application_credentials`
  const first = await send('post', path, ann.token).set(key).send(body).expect(201)
  const again = await send('post', path, ann.token).set(key).send(body).expect(201)
  assert.equal(again.body.application_credential.id, first.body.application_credential.id)
  assert.equal(again.body.application_credential.secret, undefined)
})
