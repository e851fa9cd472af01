/** Credentials for other services, EC2 keys and policies: users' own, encrypted, and good for nobody else. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { Seal } from '../../src/identity/seal.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import { startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v3 = '/identity/v3'
let faces: FaceHarness
let ann: Tenant
let bea: Tenant

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bea = await faces.addTenant('bea', 'member')
})
after(() => faces.stop())

async function send(
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body: object | undefined,
  status: number,
  token = faces.adminToken,
) {
  const response = await supertest(faces.app)[method](`${v3}/${path}`).set('x-auth-token', token).send(body)
  assert.equal(response.status, status, `${method} ${path}: ${response.text}`)
  return response.body
}

test('a credential is kept encrypted, shown to its user and admins, and found by nobody else', async () => {
  const wanted = { type: 'certificate', blob: 'my private key' }
  const { credential } = await send('post', 'credentials', { credential: wanted }, 201, ann.token)
  assert.equal(credential.user_id, ann.userId)
  const path = `credentials/${credential.id}`
  assert.deepEqual((await send('get', path, undefined, 200, ann.token)).credential, credential)
  assert.deepEqual((await send('get', path, undefined, 200)).credential, credential)
  assert.ok(!JSON.stringify(await faces.db('credentials')).includes('my private key'))
  for (const method of ['get', 'delete'] as const) await send(method, path, undefined, 404, bea.token)
  await send('patch', path, { credential: { blob: 'stolen' } }, 404, bea.token)
  assert.deepEqual((await send('get', 'credentials', undefined, 200, bea.token)).credentials, [])
  assert.equal((await send('get', `credentials?user_id=${ann.userId}`, undefined, 200)).credentials.length, 1)
  const others = { ...wanted, user_id: ann.userId }
  await send('post', 'credentials', { credential: others }, 403, bea.token)
  await send('patch', path, { credential: { user_id: bea.userId } }, 403, ann.token)
  const changed = await send('patch', path, { credential: { blob: 'another' } }, 200, ann.token)
  assert.equal(changed.credential.blob, 'another')
  await send('delete', path, undefined, 204, ann.token)
  await send('get', path, undefined, 404, ann.token)
})

test('EC2 credentials are for a project of the user’s, and have a blob that says what they are', async () => {
  const refused: readonly [number, object][] = [
    [400, { type: 'ec2', blob: 'no json', project_id: ann.projectId }],
    [400, { type: 'ec2', blob: '{"access":"a"}', project_id: ann.projectId }],
    [400, { type: 'ec2', blob: '{"access":"a","secret":"b"}' }],
    [403, { type: 'ec2', blob: '{"access":"a","secret":"b"}', project_id: bea.projectId }],
    [404, { type: 'ec2', blob: '{"access":"a","secret":"b"}', project_id: 'nowhere' }],
  ]
  for (const [status, credential] of refused) await send('post', 'credentials', { credential }, status, ann.token)
  const place = `users/${ann.userId}/credentials/OS-EC2`
  const made = (await send('post', place, { tenant_id: ann.projectId }, 201, ann.token)).credential
  assert.deepEqual((await send('get', `${place}/${made.access}`, undefined, 200, ann.token)).credential, made)
  assert.deepEqual((await send('get', place, undefined, 200, ann.token)).credentials, [made])
  await send('get', place, undefined, 403, bea.token)
  await send('get', `users/${bea.userId}/credentials/OS-EC2/${made.access}`, undefined, 404, bea.token)
  await send('post', place, { tenant_id: bea.projectId }, 403, ann.token)
  const twin = { type: 'ec2', blob: JSON.stringify(made), project_id: ann.projectId }
  await send('post', 'credentials', { credential: twin }, 409, ann.token)
  await send('delete', `${place}/${made.access}`, undefined, 204, ann.token)
  await send('get', `${place}/${made.access}`, undefined, 404, ann.token)
})

test('what was sealed opens with its key and in its place, and nowhere else', () => {
  const seal = new Seal('key')
  const sealed = seal.close('text', 'here')
  assert.equal(new Seal('key').open(sealed, 'here'), 'text')
  assert.notEqual(seal.close('text', 'here'), sealed)
  assert.throws(() => seal.open(sealed, 'there'))
  const isOtherKey = (error: unknown) => error instanceof PolyvisorError && error.code === 'other-credential-key'
  assert.throws(() => new Seal('another').open(sealed, 'here'), isOtherKey)
})

test('policies are kept and handed out as they came', async () => {
  const { policy } = await send('post', 'policies', { policy: { type: 'text/plain', blob: 'a: b' } }, 201)
  await send('patch', `policies/${policy.id}`, { policy: { type: 'text/yaml' } }, 200)
  const listed = (await send('get', 'policies?type=text/yaml', undefined, 200)).policies
  assert.deepEqual(listed, [{ ...policy, type: 'text/yaml' }])
  await send('get', 'policies', undefined, 403, ann.token)
  await send('delete', `policies/${policy.id}`, undefined, 204)
  await send('get', `policies/${policy.id}`, undefined, 404)
})
