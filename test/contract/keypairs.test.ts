import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
const root = '/compute/v2.1/os-keypairs'
const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID+mCPpnJqUscbXc6OwRpn3vZis2NISH1/D0RfVQHi9n me@host'

before(async () => {
  api = await startApiFixture()
  await api.db('domains').insert({ id: 'default', name: 'Default' })
  for (const name of ['member', 'other', 'admin', 'reader']) {
    await api.db('users').insert({ id: `${name}-user`, domain_id: 'default', name, created_at: 0 })
  }
})
after(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const create = (keypair: object, microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'post', root, { body: { keypair }, microversion })
const remove = (name: string, microversion = '2.2', bearer: Bearer = 'member') =>
  api.send(bearer, 'delete', `${root}/${name}`, { microversion })
const list = async (query = '', microversion = '2.35', bearer: Bearer = 'member') =>
  (await api.send(bearer, 'get', root + query, { microversion }).expect(200)).body

test('a key is imported: 200 without a type at 2.1, 201 with one from 2.2 on', async () => {
  const first = await create({ name: 'first', public_key: line }).expect(200)
  assert.deepEqual(first.body.keypair, {
    name: 'first',
    public_key: line,
    fingerprint: 'ac:15:1c:8f:99:45:97:9c:31:73:b5:0c:03:91:86:77',
    user_id: 'member-user',
  })
  const second = await create({ name: 'second', public_key: `${line}\n`, type: 'ssh' }, '2.2').expect(201)
  assert.equal(second.body.keypair.type, 'ssh')
  assert.equal(second.body.keypair.public_key, line)
  await create({ name: 'first', public_key: line }).expect(409)
  await remove('first', '2.1').expect(202)
  await remove('second', '2.2').expect(204)
  await remove('second').expect(404)
})

test('a key is made: its private half is in this answer only, and not at all from 2.92 on', async () => {
  const made = await create({ name: 'made' }).expect(200)
  assert.match(made.body.keypair.private_key, /^-----BEGIN RSA PRIVATE KEY-----/)
  const shown = await api.send('member', 'get', `${root}/made`).expect(200)
  assert.equal(shown.body.keypair.private_key, undefined)
  assert.deepEqual(Object.keys(shown.body.keypair).sort(), [
    'created_at',
    'deleted',
    'deleted_at',
    'fingerprint',
    'id',
    'name',
    'public_key',
    'updated_at',
    'user_id',
  ])
  const stored = JSON.stringify(await api.db('keypairs'))
  assert.ok(!stored.includes('PRIVATE'))
  await create({ name: 'unmade' }, '2.92').expect(400)
  await create({ name: 'me@host.example', public_key: line }, '2.92').expect(201)
  await create({ name: 'me@host.example', public_key: line }, '2.91').expect(400)
  await remove('made').expect(204)
  await remove('me@host.example').expect(204)
})

test('certificates, from 2.2 on', async () => {
  const made = await create({ name: 'windows', type: 'x509' }, '2.2').expect(201)
  assert.equal(made.body.keypair.type, 'x509')
  assert.match(made.body.keypair.public_key, /^-----BEGIN CERTIFICATE-----/)
  assert.match(made.body.keypair.private_key, /^-----BEGIN PRIVATE KEY-----/)
  const again = { name: 'again', type: 'x509', public_key: made.body.keypair.public_key }
  assert.equal((await create(again, '2.2').expect(201)).body.keypair.fingerprint, made.body.keypair.fingerprint)
  await create({ name: 'typed', type: 'x509' }, '2.1').expect(400)
  await create({ name: 'wrong', type: 'x509', public_key: line }, '2.2').expect(400)
  for (const name of ['windows', 'again']) await remove(name).expect(204)
})

test('lists: by name, in pages from 2.35 on, keys by microversion', async () => {
  for (const name of ['c', 'a', 'b']) await create({ name, public_key: line }).expect(200)
  const names = (body: { keypairs: { keypair: { name: string } }[] }) =>
    body.keypairs.map(({ keypair }) => keypair.name)
  assert.deepEqual(names(await list('?limit=1', '2.34')), ['a', 'b', 'c'])
  assert.deepEqual(Object.keys((await list('', '2.1')).keypairs[0].keypair).sort(), [
    'fingerprint',
    'name',
    'public_key',
  ])
  assert.equal((await list('', '2.2')).keypairs[0].keypair.type, 'ssh')
  const page = await list('?limit=2')
  assert.deepEqual(names(page), ['a', 'b'])
  assert.equal(page.keypairs_links[0].href, 'https://cloud.example.org:8774/compute/v2.1/os-keypairs?limit=2&marker=b')
  assert.deepEqual(names(await list('?limit=2&marker=b')), ['c'])
  await api.send('member', 'get', `${root}?marker=nobody`, { microversion: '2.35' }).expect(400)
  await api.send('member', 'get', `${root}?unknown=1`, { microversion: '2.75' }).expect(400)
  assert.deepEqual(names(await list('', '2.35', 'other')), [], 'another user has keys of its own')
  await api.send('other', 'get', `${root}/a`).expect(404)
  for (const name of ['a', 'b', 'c']) await remove(name).expect(204)
})

test('other users’ keys are for admins, from 2.10 on', async () => {
  const forOther = { name: 'given', public_key: line, user_id: 'other-user' }
  await create(forOther, '2.9', 'admin').expect(400)
  await create(forOther, '2.10', 'member').expect(403)
  assert.equal((await create(forOther, '2.10', 'admin').expect(201)).body.keypair.user_id, 'other-user')
  await create({ ...forOther, user_id: 'nobody' }, '2.10', 'admin').expect(400)
  await api.send('other', 'get', `${root}/given`).expect(200)
  const query = '?user_id=other-user'
  assert.equal((await list(query, '2.10', 'admin')).keypairs.length, 1)
  assert.equal((await list(query, '2.9', 'admin')).keypairs.length, 0, 'before 2.10 the key is not known')
  await api.send('member', 'get', `${root}/given${query}`, { microversion: '2.10' }).expect(403)
  await api.send('admin', 'get', `${root}/given${query}`, { microversion: '2.10' }).expect(200)
  await api.send('member', 'delete', `${root}/given${query}`, { microversion: '2.10' }).expect(403)
  await api.send('admin', 'delete', `${root}/given${query}`, { microversion: '2.10' }).expect(204)
})

test('bad names and bad keys are 400, one key too many is 403, and the key itself is never repeated', async () => {
  for (const name of ['', ' lead', 'a/b', 'ü', 'x'.repeat(256), 'a@b'])
    await create({ name, public_key: line }).expect(400)
  for (const public_key of ['', 'ssh-rsa JUNK', `${line}\n${line}`]) {
    const answer = await create({ name: 'bad', public_key }).expect(400)
    assert.ok(!answer.text.includes('JUNK'))
  }
  await api.db.batchInsert(
    'keypairs',
    Array.from({ length: 100 }, (_, index) => ({
      user_id: 'reader-user',
      name: `k${index}`,
      type: 'ssh',
      fingerprint: '',
      public_key: '',
      created_at: 0,
    })),
    50,
  )
  await create({ name: 'one-more', public_key: line }, '2.1', 'reader').expect(403)
})

test('a server is created with a key of one’s own, and no other', async () => {
  await create({ name: 'mine', public_key: line }).expect(200)
  await api.services.flavors.create({
    name: 'small',
    vcpus: 1,
    memoryMb: 1,
    diskGb: 1,
    ephemeralGb: 0,
    swapMb: 0,
    rxtxFactor: 1,
    isPublic: true,
    description: null,
    id: '1',
  })
  const server = (key_name: string, bearer: Bearer = 'member') =>
    api.send(bearer, 'post', '/compute/v2.1/servers', {
      body: { server: { name: 's', flavorRef: '1', imageRef: imageId, key_name } },
    })
  const { body } = await server('mine').expect(202)
  const shown = await api.send('member', 'get', `/compute/v2.1/servers/${body.server.id}`).expect(200)
  assert.equal(shown.body.server.key_name, 'mine')
  assert.match((await server('not-mine').expect(400)).body.badRequest.message, /Invalid key_name/)
  await server('mine', 'other').expect(400)
})

test('a user’s keys go with the user', async () => {
  await api.db('users').where({ id: 'reader-user' }).delete()
  assert.equal((await api.db('keypairs').where({ user_id: 'reader-user' })).length, 0)
})
