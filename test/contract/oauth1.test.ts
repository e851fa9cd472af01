/** OAuth 1.0a over HTTP, from a consumer's wish to its token, and everything that ends what was lent. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { publicUrl, startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'
import { readKey, signPost, type Key, type Signing } from '../support/oauth1-client.ts'

const v3 = '/identity/v3'
const oauth = `${v3}/OS-OAUTH1`
let faces: FaceHarness
let ann: Tenant
let eve: Tenant

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  eve = await faces.addTenant('eve', 'member')
})
after(() => faces.stop())

/** Where a client that was led astray believes the service to be. */
type How = Signing & { readonly at?: string }
const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, token = faces.adminToken) =>
  supertest(faces.app)[method](path).set('x-auth-token', token)

const sign = (path: string, { at = publicUrl, ...how }: How): string => signPost(`${at}${path}`, how)
const sendSigned = (path: string, how: How) => supertest(faces.app).post(path).set('authorization', sign(path, how))
const ask = (how: How, projectId: string = ann.projectId) =>
  sendSigned(`${oauth}/request_token`, how).set('requested-project-id', projectId)
const exchange = (how: How) => sendSigned(`${oauth}/access_token`, how)
const logIn = (how: How, scope?: object) =>
  sendSigned(`${v3}/auth/tokens`, how).send({ auth: { identity: { methods: ['oauth1'], oauth1: {} }, scope } })
const authorise = (id: string, roles: readonly object[] = [{ name: 'reader' }], token = ann.token) =>
  send('put', `${oauth}/authorize/${id}`, token).send({ roles })
const keyOf = (text: string): Key => {
  assert.ok(Date.parse(new URLSearchParams(text).get('oauth_expires_at') ?? '') > Date.now())
  return readKey(text)
}
async function addConsumer(): Promise<Key> {
  const body = { consumer: { description: 'robot' } }
  return (await send('post', `${oauth}/consumers`).send(body).expect(201)).body.consumer as Key
}
async function lend(consumer: Key): Promise<Key> {
  const token = keyOf((await ask({ consumer }).expect(201)).text)
  const verifier = (await authorise(token.id).expect(200)).body.token.oauth_verifier as string
  return keyOf((await exchange({ consumer, token, verifier }).expect(201)).text)
}
const tokenOf = async (how: How): Promise<string> => String((await logIn(how).expect(201)).headers['x-subject-token'])
const isGood = async (token: string): Promise<boolean> =>
  (await send('get', `${v3}/auth/projects`, token)).status === 200

test('admins keep consumers; a secret is told once and stands nowhere in the open', async () => {
  const { secret, ...consumer } = await addConsumer()
  const path = `${oauth}/consumers/${consumer.id}`
  assert.deepEqual((await send('get', path).expect(200)).body.consumer, consumer)
  const changed = await send('patch', path)
    .send({ consumer: { description: null } })
    .expect(200)
  assert.equal(changed.body.consumer.description, null)
  await send('patch', path)
    .send({ consumer: { secret: 'mine' } })
    .expect(400)
  assert.ok(
    (await send('get', `${oauth}/consumers`).expect(200)).body.consumers.some((one: Key) => one.id === consumer.id),
  )
  assert.ok(!JSON.stringify(await faces.db('oauth1_consumers')).includes(secret))
  await send('delete', path).expect(204)
  await send('get', path).expect(404)
  await send('delete', path).expect(404)
})

test('a user’s word turns a request token into an access token, which logs in with the roles that were lent', async () => {
  const consumer = await addConsumer()
  const asked = await ask({ consumer }).expect(201)
  assert.equal(asked.headers['content-type'], 'application/x-www-form-urlencoded')
  const request = keyOf(asked.text)
  await exchange({ consumer, token: request, verifier: 'guess' }).expect(401)
  const verifier = (await authorise(request.id).expect(200)).body.token.oauth_verifier as string
  await authorise(request.id, [{ name: 'reader' }], eve.token).expect(403)
  await authorise(request.id).expect(409)
  await exchange({ consumer, token: request, verifier: 'guess' }).expect(401)
  const token = keyOf((await exchange({ consumer, token: request, verifier }).expect(201)).text)
  await exchange({ consumer, token: request, verifier }).expect(401)
  const { body } = await logIn({ consumer, token }).expect(201)
  assert.deepEqual([body.token.user.id, body.token.project.id], [ann.userId, ann.projectId])
  assert.deepEqual(body.token['OS-OAUTH1'], { access_token_id: token.id, consumer_id: consumer.id })
  assert.deepEqual(
    body.token.roles.map((role: { name: string }) => role.name),
    ['reader'],
  )
  await logIn({ consumer, token }, { project: { id: ann.projectId } }).expect(401)
  assert.ok(!JSON.stringify(await faces.db('oauth1_tokens')).includes(token.secret))
})

test('a request that is signed wrongly, late, twice or for elsewhere is refused', async () => {
  const consumer = await addConsumer()
  const other = await addConsumer()
  const token = await lend(consumer)
  const nowS = Math.floor(Date.now() / 1000)
  await logIn({ consumer, token: { ...token, secret: 'wrong' } }).expect(401)
  await logIn({ consumer: { ...consumer, secret: 'wrong' }, token }).expect(401)
  await logIn({ consumer: other, token }).expect(401)
  await logIn({ consumer: { ...consumer, id: 'nobody' }, token }).expect(401)
  await logIn({ consumer, token, timestampS: nowS - 400 }).expect(401)
  await logIn({ consumer, token, timestampS: nowS + 400 }).expect(401)
  await logIn({ consumer, token, at: 'https://elsewhere.example' }).expect(401)
  const once = { consumer, token, nonce: 'once', timestampS: nowS }
  await logIn(once).expect(201)
  await logIn(once).expect(401)
  await ask({ consumer }, 'nowhere').expect(404)
  await sendSigned(`${oauth}/request_token`, { consumer }).expect(400)
  await supertest(faces.app).post(`${oauth}/request_token`).set('requested-project-id', ann.projectId).expect(401)
})

test('nobody lends what it does not have, or was lent itself', async () => {
  const consumer = await addConsumer()
  const request = async () => keyOf((await ask({ consumer }).expect(201)).text).id
  await authorise(await request(), [{ name: 'admin' }]).expect(403)
  await authorise(await request(), []).expect(400)
  await authorise(await request(), [{ id: 'no such role' }]).expect(404)
  await authorise(await request(), [{ name: 'member' }], eve.token).expect(403)
  await authorise('nowhere').expect(404)
  const bearer = await tokenOf({ consumer, token: await lend(consumer) })
  await authorise(await request(), [{ name: 'reader' }], bearer).expect(403)
  const application_credential = { name: 'loot' }
  const own = `${v3}/users/${ann.userId}`
  await send('post', `${own}/application_credentials`, bearer).send({ application_credential }).expect(403)
  const trust = {
    trustor_user_id: ann.userId,
    trustee_user_id: eve.userId,
    impersonation: true,
    project_id: ann.projectId,
  }
  await send('post', `${v3}/OS-TRUST/trusts`, bearer)
    .send({ trust: { ...trust, roles: [{ name: 'reader' }] } })
    .expect(403)
  const auth = { identity: { methods: ['token'], token: { id: bearer } } }
  await supertest(faces.app).post(`${v3}/auth/tokens`).send({ auth }).expect(403)
})

test('its user sees what was lent and takes it back', async () => {
  const consumer = await addConsumer()
  const token = await lend(consumer)
  const bearer = await tokenOf({ consumer, token })
  const path = `${v3}/users/${ann.userId}/OS-OAUTH1/access_tokens`
  const shown = (await send('get', `${path}/${token.id}`, ann.token).expect(200)).body.access_token
  assert.deepEqual([shown.consumer_id, shown.authorizing_user_id], [consumer.id, ann.userId])
  const listed = (await send('get', path, ann.token).expect(200)).body.access_tokens
  assert.deepEqual(
    listed.find(({ id }: Key) => id === token.id),
    shown,
  )
  const [role] = (await send('get', `${path}/${token.id}/roles`, ann.token).expect(200)).body.roles
  assert.equal(role.name, 'reader')
  await send('get', `${path}/${token.id}/roles/${role.id}`, ann.token).expect(200)
  await send('get', `${path}/${token.id}/roles/nowhere`, ann.token).expect(404)
  await send('get', `${path}/${token.id}`, eve.token).expect(403)
  await send('get', `${v3}/users/${eve.userId}/OS-OAUTH1/access_tokens/${token.id}`, eve.token).expect(404)
  await send('delete', `${path}/${token.id}`, bearer).expect(403)
  await send('delete', `${path}/${token.id}`, eve.token).expect(403)
  await send('delete', `${path}/${token.id}`, ann.token).expect(204)
  assert.equal(await isGood(bearer), false)
  await logIn({ consumer, token }).expect(401)
})

test('it ends with the consumer, a role of it, and its time', async () => {
  const consumer = await addConsumer()
  const token = await lend(consumer)
  const bearer = await tokenOf({ consumer, token })
  const [member] = await faces.services.identity.roles.list({ name: 'member' })
  const held = [{ userId: ann.userId }, member?.id ?? '', { projectId: ann.projectId }] as const
  await faces.services.identity.assignments.unassign(...held)
  assert.equal(await isGood(bearer), false)
  await logIn({ consumer, token }).expect(401)
  await faces.services.identity.assignments.assign(...held)
  assert.ok(await isGood(bearer))
  await send('delete', `${oauth}/consumers/${consumer.id}`).expect(204)
  assert.equal(await isGood(bearer), false)
  const second = await addConsumer()
  const late = await lend(second)
  await faces.db('oauth1_tokens').where({ id: late.id }).update({ expires_at: 1 })
  await logIn({ consumer: second, token: late }).expect(401)
  await faces.db('oauth1_nonces').insert({ consumer_id: second.id, nonce: 'old', timestamp_s: 1 })
  await faces.services.identity.purgeExpiredTokens()
  assert.equal(await faces.db('oauth1_tokens').where({ id: late.id }).first(), undefined)
  assert.equal(await faces.db('oauth1_nonces').where({ nonce: 'old' }).first(), undefined)
})
