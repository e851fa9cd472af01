/** Domains' own configuration over HTTP: kept, shown, and its secrets told to nobody. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness } from '../support/face-harness.ts'

const v3 = '/identity/v3'
let faces: FaceHarness
let path: string

before(async () => {
  faces = await startFaces()
})
after(() => faces.stop())
let counter = 0
beforeEach(async () => {
  const { id } = await faces.services.identity.domains.create({ name: `domain-${(counter += 1)}` })
  path = `${v3}/domains/${id}/config`
})

const send = (method: 'get' | 'put' | 'patch' | 'delete', at = path) =>
  supertest(faces.app)[method](at).set('x-auth-token', faces.adminToken)
const config = {
  identity: { driver: 'ldap' },
  ldap: { url: 'ldap://a', user_attribute_ignore: ['x', 'y'], use_tls: true },
}

test('a configuration is kept, shown whole, by group and by option, replaced and forgotten', async () => {
  await send('get').expect(404)
  assert.deepEqual((await send('put').send({ config }).expect(201)).body, { config })
  assert.deepEqual((await send('get').expect(200)).body, { config })
  assert.deepEqual((await send('get', `${path}/ldap`).expect(200)).body, { config: { ldap: config.ldap } })
  assert.deepEqual((await send('get', `${path}/ldap/use_tls`).expect(200)).body, { config: { use_tls: true } })
  const second = { identity: { list_limit: 7 } }
  assert.deepEqual((await send('put').send({ config: second }).expect(200)).body, { config: second })
  assert.deepEqual((await send('get').expect(200)).body, { config: second })
  await send('delete').expect(204)
  await send('get').expect(404)
  await send('delete').expect(404)
  await send('get', `${v3}/domains/nowhere/config`).expect(404)
  await send('put').send({ config: {} }).expect(400)
})

test('options, groups and the whole are changed and forgotten one by one', async () => {
  await send('put').send({ config }).expect(201)
  const one = await send('patch', `${path}/identity/driver`)
    .send({ config: { driver: 'sql' } })
    .expect(200)
  assert.deepEqual(one.body.config, { ...config, identity: { driver: 'sql' } })
  const group = { identity: { driver: 'sql', list_limit: 3 } }
  const two = await send('patch', `${path}/identity`).send({ config: group }).expect(200)
  assert.deepEqual(two.body.config.identity, group.identity)
  await send('patch', `${path}/identity`)
    .send({ config: { ldap: { url: 'x' } } })
    .expect(403)
  await send('patch', `${path}/identity/driver`)
    .send({ config: { list_limit: 1 } })
    .expect(403)
  await send('patch', `${path}/ldap/user`)
    .send({ config: { user: 'x' } })
    .expect(404)
  await send('delete', `${path}/identity/driver`).expect(204)
  await send('get', `${path}/identity/driver`).expect(404)
  await send('delete', `${path}/identity`).expect(204)
  await send('get', `${path}/identity`).expect(404)
  await send('patch')
    .send({ config: { identity: { driver: 'again' } } })
    .expect(200)
})

test('secrets are kept encrypted and never shown; what nobody knows is refused', async () => {
  const secret = 'open sesame'
  const made = await send('put')
    .send({ config: { ldap: { url: 'ldap://a', password: secret } } })
    .expect(201)
  assert.deepEqual(made.body.config, { ldap: { url: 'ldap://a' } })
  const rows = await faces.db('domain_config_options').where({ option_name: 'password' })
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(secret))
  assert.deepEqual((await send('get', `${path}/ldap/password`).expect(200)).body, { config: {} })
  await send('put')
    .send({ config: { eventlet: { port: 1 } } })
    .expect(403)
  await send('put')
    .send({ config: { identity: { max_users: 1 } } })
    .expect(403)
  await send('put')
    .send({ config: { ['__proto__']: { driver: 'x' } } })
    .expect(403)
  await send('put')
    .send({ config: { identity: { driver: { deep: true } } } })
    .expect(400)
})

test('the defaults say what can be kept', async () => {
  const all = (await send('get', `${v3}/domains/config/default`).expect(200)).body.config
  assert.deepEqual(Object.keys(all), ['identity', 'ldap'])
  assert.deepEqual((await send('get', `${v3}/domains/config/identity/default`).expect(200)).body, {
    config: { identity: all.identity },
  })
  const one = await send('get', `${v3}/domains/config/ldap/query_scope/default`).expect(200)
  assert.deepEqual(one.body, { config: { query_scope: 'one' } })
  await send('get', `${v3}/domains/config/ldap/password/default`).expect(403)
  await send('get', `${v3}/domains/config/eventlet/default`).expect(403)
})

test('a configuration goes with its domain', async () => {
  await send('put').send({ config }).expect(201)
  const [, id = ''] = /domains\/(\w+)/.exec(path) ?? []
  await faces.services.identity.domains.update(id, { enabled: false })
  await faces.services.identity.domains.delete(id)
  assert.deepEqual(await faces.db('domain_config_options').where({ domain_id: id }), [])
})
