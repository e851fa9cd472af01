/** Trusts over HTTP: what is lent, to whom, for how long, and everything that ends it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v3 = '/identity/v3'
const trusts = `${v3}/OS-TRUST/trusts`
let faces: FaceHarness
let ann: Tenant
let bob: Tenant
let eve: Tenant

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'reader')
  eve = await faces.addTenant('eve', 'member')
})
after(() => faces.stop())

interface Trust {
  readonly id: string
  readonly roles: readonly { readonly id: string; readonly name: string }[]
  readonly redelegation_count: number
  readonly redelegated_trust_id: string | null
  readonly expires_at: string | null
}
const send = (method: 'get' | 'head' | 'post' | 'patch' | 'delete' | 'put', path: string, token: string) =>
  supertest(faces.app)[method](path).set('x-auth-token', token)
const trustOf = (from: Tenant, to: Tenant, more: object = {}) => ({
  trustor_user_id: from.userId,
  trustee_user_id: to.userId,
  project_id: ann.projectId,
  impersonation: true,
  roles: [{ name: 'member' }],
  ...more,
})
const tryLend = (more: object = {}, token = ann.token, from = ann, to = bob) =>
  send('post', trusts, token).send({ trust: trustOf(from, to, more) })
const lend = async (more: object = {}, token = ann.token, from = ann, to = bob): Promise<Trust> =>
  (await tryLend(more, token, from, to).expect(201)).body.trust as Trust
const logIn = (trust: { readonly id: string }, name = 'bob') =>
  supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .send({
      auth: {
        identity: { methods: ['password'], password: { user: { name, domain: { id: 'default' }, password: 'pw' } } },
        scope: { 'OS-TRUST:trust': { id: trust.id } },
      },
    })
const tokenOf = async (trust: { readonly id: string }, name = 'bob'): Promise<string> =>
  String((await logIn(trust, name).expect(201)).headers['x-subject-token'])
const isGood = async (token: string): Promise<boolean> =>
  (await send('get', `${v3}/auth/projects`, token)).status === 200
const roleId = async (name: string): Promise<string> =>
  (await faces.services.identity.roles.list({ name }))[0]?.id ?? ''

test('its trustee works with the roles that were lent, as the trustor or as itself', async () => {
  const { token } = (await logIn(await lend()).expect(201)).body
  assert.deepEqual([token.user.id, token.project.id], [ann.userId, ann.projectId])
  const names = (roles: readonly { name: string }[]) => roles.map(({ name }) => name).toSorted()
  assert.deepEqual(names(token.roles), ['member', 'reader'], 'with what they imply')
  assert.deepEqual(token['OS-TRUST:trust'].trustor_user, { id: ann.userId })
  const open = await lend({ impersonation: false, roles: [{ name: 'reader' }] })
  const bearer = await tokenOf(open)
  const subject = await send('get', `${v3}/auth/tokens`, bearer).set('x-subject-token', bearer).expect(200)
  assert.deepEqual([subject.body.token.user.id, names(subject.body.token.roles)], [bob.userId, ['reader']])
  assert.equal(subject.body.token['OS-TRUST:trust'].impersonation, false)
})

test('others neither use it nor see it; the trustee does not delete it', async () => {
  const trust = await lend()
  await logIn(trust, 'eve').expect(401)
  await logIn(trust, 'ann').expect(403)
  await logIn({ id: 'nowhere' }).expect(401)
  for (const path of [trust.id, `${trust.id}/roles`, `${trust.id}/roles/${trust.roles[0]?.id}`]) {
    await send('get', `${trusts}/${path}`, eve.token).expect(404)
    await send('get', `${trusts}/${path}`, bob.token).expect(200)
    await send('get', `${trusts}/${path}`, ann.token).expect(200)
  }
  await send('head', `${trusts}/${trust.id}/roles/${trust.roles[0]?.id}`, bob.token).expect(200)
  await send('head', `${trusts}/${trust.id}/roles/${await roleId('admin')}`, bob.token).expect(404)
  await send('delete', `${trusts}/${trust.id}`, bob.token).expect(403)
  await send('delete', `${trusts}/${trust.id}`, eve.token).expect(404)
})

test('lists are of one’s own, or an admin’s, and leave roles out', async () => {
  const trust = await lend()
  const listed = async (query: string, token: string): Promise<Trust[]> =>
    (await send('get', `${trusts}${query}`, token).expect(200)).body.trusts as Trust[]
  for (const [query, token] of [
    [`?trustor_user_id=${ann.userId}`, ann.token],
    [`?trustee_user_id=${bob.userId}`, bob.token],
    ['', faces.adminToken],
  ] as const) {
    const found = (await listed(query, token)).find(({ id }) => id === trust.id)
    assert.ok(found !== undefined && !('roles' in found), query)
  }
  await send('get', trusts, ann.token).expect(403)
  await send('get', `${trusts}?trustor_user_id=${ann.userId}`, eve.token).expect(403)
})

test('nobody lends what it does not have, or in another’s name', async () => {
  await tryLend({ roles: [{ name: 'admin' }] }).expect(403)
  await tryLend({ roles: [{ name: 'no such role' }] }).expect(404)
  await tryLend({ roles: [] }).expect(400)
  await tryLend({ roles: [{}] }).expect(400)
  await tryLend({ project_id: null }).expect(400)
  await tryLend({ project_id: eve.projectId }).expect(403)
  await tryLend({ trustee_user_id: 'nobody' }).expect(404)
  await tryLend({ expires_at: 'bad.123Z' }).expect(400)
  await tryLend({ expires_at: '2001-01-01T00:00:00Z' }).expect(400)
  await tryLend({ remaining_uses: 0 }).expect(400)
  await tryLend({}, faces.adminToken).expect(403)
  await tryLend({}, bob.token).expect(403)
})

test('it is used as often as was said, and no longer than was said', async () => {
  const twice = await lend({ remaining_uses: 2 })
  const first = await tokenOf(twice)
  await logIn(twice).expect(201)
  await logIn(twice).expect(401)
  assert.ok(await isGood(first), 'its tokens live on')
  await send('get', `${trusts}/${twice.id}`, ann.token).expect(404)
  const expires_at = new Date(Date.now() + 60_000).toISOString()
  const short = await lend({ expires_at })
  assert.equal(short.expires_at, expires_at.replace('Z', '000Z'))
  const { token } = (await logIn(short).expect(201)).body
  assert.ok(Date.parse(token.expires_at) <= Date.parse(expires_at), token.expires_at)
  await faces.db('trusts').where({ id: short.id }).update({ expires_at_us: 1 })
  await logIn(short).expect(401)
  await faces.services.identity.purgeExpiredTokens()
  assert.equal(await faces.db('trusts').where({ id: short.id }).first(), undefined)
})

test('a token of a trust makes nothing that outlives it', async () => {
  const bearer = await tokenOf(await lend())
  const auth = { identity: { methods: ['token'], token: { id: bearer } } }
  await supertest(faces.app).post(`${v3}/auth/tokens`).send({ auth }).expect(403)
  const own = `${v3}/users/${ann.userId}`
  const application_credential = { name: 'loot' }
  await send('post', `${own}/application_credentials`, bearer).send({ application_credential }).expect(403)
  await send('post', `${own}/credentials/OS-EC2`, bearer).send({ tenant_id: ann.projectId }).expect(403)
  await send('get', `${v3}/credentials`, bearer).expect(403)
  await send('post', `${v3}/credentials`, bearer)
    .send({ credential: { type: 't', blob: 'b' } })
    .expect(403)
  await tryLend({}, bearer, ann, eve).expect(403)
})

test('application credentials: restricted ones make no trusts, others lend their own roles, and none uses one', async () => {
  const make = async (more: object): Promise<{ id: string; secret: string }> => {
    const body = { application_credential: { name: `c-${JSON.stringify(more)}`, roles: [{ name: 'reader' }], ...more } }
    const path = `${v3}/users/${ann.userId}/application_credentials`
    return (await send('post', path, ann.token).send(body).expect(201)).body.application_credential
  }
  const enter = (application_credential: object, scope?: object) =>
    supertest(faces.app)
      .post(`${v3}/auth/tokens`)
      .send({ auth: { identity: { methods: ['application_credential'], application_credential }, scope } })
  const [restricted, free] = await Promise.all([make({}), make({ unrestricted: true })])
  const tokens = await Promise.all(
    [restricted, free].map(async (one) => String((await enter(one).expect(201)).headers['x-subject-token'])),
  )
  await tryLend({ roles: [{ name: 'reader' }] }, tokens[0]).expect(403)
  await tryLend({ roles: [{ name: 'member' }] }, tokens[1]).expect(403)
  const trust = await lend({ roles: [{ name: 'reader' }] }, tokens[1])
  await enter(free, { 'OS-TRUST:trust': { id: trust.id } }).expect(401)
})

test('it is handed on as far as was allowed, and ends with the trust it comes from', async () => {
  const first = await lend({ allow_redelegation: true, redelegation_count: 2, roles: [{ name: 'reader' }] })
  assert.equal(first.redelegation_count, 2)
  const bearer = await tokenOf(first)
  const reader = { roles: [{ name: 'reader' }] }
  await tryLend({ roles: [{ name: 'member' }] }, bearer, ann, eve).expect(403)
  await tryLend({ ...reader, allow_redelegation: true, redelegation_count: 2 }, bearer, ann, eve).expect(403)
  const end = await lend(reader, bearer, ann, eve)
  assert.deepEqual([end.redelegation_count, end.redelegated_trust_id], [0, first.id])
  await tryLend(reader, await tokenOf(end, 'eve'), ann, bob).expect(403)
  const second = await lend({ ...reader, allow_redelegation: true }, bearer, ann, eve)
  assert.deepEqual([second.redelegation_count, second.redelegated_trust_id], [1, first.id])
  const third = await lend({ ...reader, allow_redelegation: true }, await tokenOf(second, 'eve'), ann, bob)
  assert.equal(third.redelegation_count, 0)
  await tryLend(reader, await tokenOf(third), ann, eve).expect(403)
  const last = await tokenOf(third)
  assert.ok(await isGood(last))
  await send('delete', `${trusts}/${first.id}`, ann.token).expect(204)
  await send('get', `${trusts}/${third.id}`, ann.token).expect(404)
  assert.equal(await isGood(last), false)
  await tryLend({ allow_redelegation: true, redelegation_count: 4 }).expect(403)
  const counted = await lend({ allow_redelegation: true, remaining_uses: 5 })
  await tryLend({}, await tokenOf(counted), ann, eve).expect(403)
})

test('it is good for nothing while one of those who handed it on is disabled', async () => {
  const cat = await faces.addTenant('cat', 'member')
  const first = await lend({ allow_redelegation: true }, ann.token, ann, cat)
  const second = await lend({}, await tokenOf(first, 'cat'), ann, eve)
  const bearer = await tokenOf(second, 'eve')
  assert.ok(await isGood(bearer))
  const able = (enabled: boolean) =>
    send('patch', `${v3}/users/${cat.userId}`, faces.adminToken).send({ user: { enabled } }).expect(200)
  await able(false)
  assert.equal(await isGood(bearer), false)
  await logIn(second, 'eve').expect(403)
  await able(true)
  await tokenOf(second, 'eve')
})

test('without impersonation it is handed on in the trustee’s name, with the first trustor’s roles', async () => {
  const first = await lend({ allow_redelegation: true, impersonation: false })
  const bearer = await tokenOf(first)
  await tryLend({}, bearer, bob, eve).expect(403)
  const second = await lend({ impersonation: false }, bearer, bob, eve)
  const { token } = (await logIn(second, 'eve').expect(201)).body
  assert.deepEqual([token.user.id, token.project.id], [eve.userId, ann.projectId])
})

test('tokens end with the trust, with a role of it, with its trustee', async () => {
  const cal = await faces.addTenant('cal', 'member')
  const member = await roleId('member')
  const at = { userId: ann.userId }
  const deleted = await lend({}, ann.token, ann, cal)
  const one = await tokenOf(deleted, 'cal')
  await send('delete', `${trusts}/${deleted.id}`, ann.token).expect(204)
  assert.equal(await isGood(one), false)
  const trust = await lend({}, ann.token, ann, cal)
  const two = await tokenOf(trust, 'cal')
  const { assignments } = faces.services.identity
  await assignments.unassign(at, member, { projectId: ann.projectId })
  assert.equal(await isGood(two), false)
  await logIn(trust, 'cal').expect(403)
  await assignments.assign(at, member, { projectId: ann.projectId })
  assert.ok(await isGood(two))
  const user = { user: { enabled: false } }
  await send('patch', `${v3}/users/${cal.userId}`, faces.adminToken).send(user).expect(200)
  assert.equal(await isGood(two), false, 'though it speaks as ann')
  await send('delete', `${v3}/users/${cal.userId}`, faces.adminToken).expect(204)
  await send('get', `${trusts}/${trust.id}`, ann.token).expect(404)
})
