/** The Idempotency-Key: what is done once, who gets which answer, and what the database learns of it. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { secretMembers } from '../../src/api/idempotency.ts'
import type { Services } from '../../src/api/services.ts'
import { loadContract } from '../../src/contract/contract.ts'
import { referencedName, walkSchema, type JsonSchema } from '../../src/contract/json-schema.ts'
import { conflict } from '../../src/model/errors.ts'
import { idempotencyPurge } from '../../src/reconcilers/idempotency-purge.ts'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'
import { startFaces } from '../support/face-harness.ts'

const servers = '/compute/v2.1/servers'
const keypairs = '/compute/v2.1/os-keypairs'
const dayMs = 24 * 3_600_000
let api: ApiFixture

before(async () => {
  api = await startApiFixture()
  await api.db('domains').insert({ id: 'default', name: 'Default' })
  await api.db('users').insert({ id: 'member-user', domain_id: 'default', name: 'member', created_at: 0 })
  const bare = { ephemeralGb: 0, swapMb: 0, rxtxFactor: 1, isPublic: true, description: null }
  await api.services.flavors.create({ id: '1', name: 'small', vcpus: 1, memoryMb: 1, diskGb: 1, ...bare })
})
after(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

interface Keyed {
  readonly key?: string
  readonly bearer?: Bearer
  readonly microversion?: string
}
const keyed = (
  method: 'post' | 'put' | 'delete',
  path: string,
  body?: object,
  { key = randomUUID(), bearer = 'member', microversion = '2.1' }: Keyed = {},
) =>
  api.send(bearer, method, path, {
    ...(body === undefined ? {} : { body }),
    microversion,
    headers: { 'Idempotency-Key': key },
  })
const newServer = (name: string) => ({ server: { name, flavorRef: '1', imageRef: imageId } })
const created = () => api.asked.filter(([what]) => what === 'create').length

test('a repeat is answered like the first, and nothing is done twice', async () => {
  const key = randomUUID()
  const before = created()
  const first = await keyed('post', servers, newServer('once'), { key }).expect(202)
  const second = await keyed('post', servers, newServer('once'), { key }).expect(202)
  assert.equal(created(), before + 1)
  assert.equal(first.headers['idempotency-replayed'], undefined)
  assert.equal(second.headers['idempotency-replayed'], 'true')
  assert.equal(second.headers['location'], first.headers['location'])
  assert.notEqual(second.headers['x-openstack-request-id'], first.headers['x-openstack-request-id'])
  const { adminPass, ...rest } = first.body.server
  assert.deepEqual(second.body.server, rest)
  await keyed('post', servers, newServer('once')).expect(202)
  assert.equal(created(), before + 2, 'another key is another request')
  assert.ok(!JSON.stringify(await api.db('idempotency_keys')).includes(adminPass))
})

test('answers without a body are repeated too: a second delete is no 404', async () => {
  const body = { keypair: { name: 'gone' } }
  await keyed('post', keypairs, body, { microversion: '2.2' }).expect(201)
  const options = { key: randomUUID(), microversion: '2.2' }
  await keyed('delete', `${keypairs}/gone`, undefined, options).expect(204)
  await keyed('delete', `${keypairs}/gone`, undefined, options).expect(204)
  await keyed('delete', `${keypairs}/gone`, undefined, { microversion: '2.2' }).expect(404)
})

test('the same key with anything else is 422; another user’s same key is nobody’s business', async () => {
  const key = randomUUID()
  const { id } = await api.addInstance()
  const path = `${servers}/${id}/metadata`
  await keyed('put', path, { metadata: { a: '1' } }, { key }).expect(200)
  const others = [
    keyed('put', path, { metadata: { a: '2' } }, { key }),
    keyed('post', path, { metadata: { a: '1' } }, { key }),
    keyed('put', `${path}?x=1`, { metadata: { a: '1' } }, { key }),
    keyed('put', path, { metadata: { a: '1' } }, { key, microversion: '2.5' }),
  ]
  for (const other of others) assert.match((await other.expect(422)).text, /Idempotency-Key/)
  await keyed('put', path, { metadata: { a: '1' } }, { key, bearer: 'admin' }).expect(200)
})

test('repeats that come while the first is under way wait for it, and get its secrets as well', async () => {
  const key = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      keyed('post', keypairs, { keypair: { name: 'crowd' } }, { key, microversion: '2.2' }),
    ),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.match(answers[0]?.body.keypair.private_key, /PRIVATE KEY/)
  const late = await keyed('post', keypairs, { keypair: { name: 'crowd' } }, { key, microversion: '2.2' }).expect(201)
  assert.equal(late.body.keypair.private_key, undefined)
  assert.equal(late.body.keypair.fingerprint, answers[0]?.body.keypair.fingerprint)
  const stored = JSON.stringify(await api.db('idempotency_keys'))
  assert.ok(!stored.includes('PRIVATE KEY') && !stored.includes(key))
})

test('a refusal has done nothing and frees the key', async () => {
  const options = { key: randomUUID(), microversion: '2.2' }
  const body = { keypair: { name: 'taken' } }
  await keyed('post', keypairs, body, { microversion: '2.2' }).expect(201)
  await keyed('post', keypairs, body, options).expect(409)
  await keyed('delete', `${keypairs}/taken`, undefined, { microversion: '2.2' }).expect(204)
  const answer = await keyed('post', keypairs, body, options).expect(201)
  assert.ok(answer.body.keypair.private_key)
  await keyed('post', keypairs, { keypair: { name: 'a/b' } }, options).expect(400)
})

test('one that failed inside, or was cut by a restart, is not done again: 409 says to look', async () => {
  let failure: Error | undefined = new Error('half way')
  const instances = {
    ...api.services.instances,
    act: async () => {
      if (failure !== undefined) throw failure
      return { operationId: 'x' }
    },
  } as unknown as Services['instances']
  const broken = await startApiFixture({ instances })
  try {
    const { id } = await broken.addInstance()
    const remove = (key: string) =>
      broken.send('member', 'delete', `${servers}/${id}`, { headers: { 'Idempotency-Key': key } })
    await remove('broken').expect(500)
    failure = undefined
    const answer = await remove('broken').expect(409)
    assert.match(answer.body.conflictingRequest.message, /Look whether/)
    await remove('new-key').expect(204)
    failure = conflict('busy', 'Busy.')
    await remove('another').expect(409)
    failure = undefined
    await remove('another').expect(204)
  } finally {
    await broken.close()
  }
})

test('a key is good for a day, then it is purged and free', async () => {
  const key = randomUUID()
  const { id } = await api.addInstance()
  const put = (value: string) => keyed('put', `${servers}/${id}/metadata`, { metadata: { value } }, { key })
  await put('today').expect(200)
  api.clockMs += dayMs - 1
  await put('tomorrow').expect(422)
  api.clockMs += 1
  await put('tomorrow').expect(200)
  assert.equal((await put('tomorrow').expect(200)).headers['idempotency-replayed'], 'true')
  api.clockMs += dayMs
  await idempotencyPurge({ db: api.db, clock: api.services.clock }).run()
  assert.deepEqual(await api.db('idempotency_keys'), [])
})

test('malformed keys are 400; reads and logins take no notice of any', async () => {
  for (const key of ['', 'with blank', 'x'.repeat(256)]) {
    await keyed('post', servers, newServer('bad'), { key }).expect(400)
  }
  const headers = { 'Idempotency-Key': 'with blank' }
  await api.send('member', 'get', servers, { headers }).expect(200)
})

test('the other faces: identity keeps no password in any form that could be tried, uploads go by path and length', async () => {
  const faces = await startFaces()
  try {
    const send = async (method: string, path: string, body: object | Buffer, key = 'k-1') => {
      const { default: supertest } = await import('supertest')
      const type = body instanceof Buffer ? 'application/octet-stream' : 'application/json'
      return supertest(faces.app)
        [method as 'post'](path)
        .set({ 'x-auth-token': faces.adminToken, 'idempotency-key': key, 'content-type': type })
        .send(body)
    }
    const user = { user: { name: 'eve', password: 'guess-me' } }
    const made = await send('post', '/identity/v3/users', user)
    assert.equal(made.status, 201, made.text)
    assert.equal((await send('post', '/identity/v3/users', user)).body.user.id, made.body.user.id)
    assert.equal((await send('post', '/identity/v3/users', { user: { ...user.user, password: 'x' } })).status, 422)
    assert.ok(!JSON.stringify(await faces.db('idempotency_keys')).includes('guess-me'))
    const image = { name: 'i', disk_format: 'raw', container_format: 'bare' }
    const { id } = (await send('post', '/image/v2/images', image, 'k-2')).body
    const file = `/image/v2/images/${id}/file`
    assert.equal((await send('put', file, Buffer.alloc(1000), 'k-3')).status, 204)
    const again = await send('put', file, Buffer.alloc(1000), 'k-3')
    assert.deepEqual([again.status, again.headers['idempotency-replayed']], [204, 'true'])
    assert.equal((await send('put', file, Buffer.alloc(999), 'k-3')).status, 422)
    assert.equal((await send('put', file, Buffer.alloc(1000), 'k-4')).status, 409)
  } finally {
    await faces.stop()
  }
})

test('every answer to a changing call that has a secret member is on the list of what is not kept', () => {
  const { operations, schemas } = loadContract()
  const found: string[] = []
  // Without a user, and so for agents, nothing is kept.
  for (const operation of operations.filter(
    ({ method, policy }) => method !== 'GET' && policy !== 'public' && policy !== 'agent',
  )) {
    const names = new Set<string>()
    const seen = new Set<string>()
    const collect = (schema: JsonSchema): void =>
      walkSchema(schema, (part) => {
        for (const name of Object.keys(part.properties ?? {}))
          if (/passw|adminPass|private|secret|token/i.test(name)) names.add(name)
        const name = part.$ref === undefined ? undefined : referencedName(part.$ref)
        if (name === undefined || seen.has(name)) return
        seen.add(name)
        collect(schemas[name] ?? {})
      })
    for (const [status, media] of Object.entries(operation.responses)) {
      if (status === 'default') continue
      for (const schema of Object.values(media)) if (schema !== null) collect(schema)
    }
    for (const word of ['password_expires_at', 'lock_password']) names.delete(word)
    for (const name of names)
      if (!secretMembers[operation.handler]?.includes(name)) found.push(`${operation.operationId} ${name}`)
  }
  assert.deepEqual(found, [])
})
