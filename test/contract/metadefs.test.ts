import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { publicUrl, startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

let faces: FaceHarness
let ann: Tenant
let bob: Tenant
let admin: Pick<Tenant, 'token'>

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'reader')
  admin = { token: faces.adminToken }
})
after(() => faces.stop())

type Who = Pick<Tenant, 'token'>
type Method = 'get' | 'post' | 'put' | 'delete'
const face = '/image/v2/metadefs'
const call = (method: Method, path: string, who: Who = admin) =>
  supertest(faces.app)[method](`${face}${path}`).set('x-auth-token', who.token)
const get = async (path: string, who?: Who) => (await call('get', path, who).expect(200)).body
const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name)
let made = 0
async function namespace(words: object = {}): Promise<string> {
  const name = `ns-${(made += 1)}`
  await call('post', '/namespaces')
    .send({ namespace: name, visibility: 'public', ...words })
    .expect(201)
  return name
}

test('a namespace’s life', async () => {
  const words = { namespace: 'life', display_name: 'Life', description: 'what it is', visibility: 'public' }
  const created = await call('post', '/namespaces')
    .send({ ...words, protected: true })
    .expect(201)
  assert.equal(created.headers['location'], `${publicUrl}${face}/namespaces/life`)
  assert.equal(created.body.self, '/v2/metadefs/namespaces/life')
  assert.equal(created.body.owner.length, 32)
  await call('post', '/namespaces').send(words).expect(409)
  await call('delete', '/namespaces/life').expect(403)
  const changed = { namespace: 'renamed', visibility: 'private' }
  const { body } = await call('put', '/namespaces/life').send(changed).expect(200)
  assert.deepEqual([body.namespace, body.visibility, body.protected], ['renamed', 'private', false])
  assert.equal(body.display_name, undefined, 'what is left out falls back to its default')
  await call('get', '/namespaces/life').expect(404)
  await namespace({ namespace: 'taken' })
  await call('put', '/namespaces/renamed').send({ namespace: 'taken' }).expect(409)
  await call('delete', '/namespaces/renamed').expect(204)
  await call('delete', '/namespaces/renamed').expect(404)
})

test('made with everything in it, all of it or nothing', async () => {
  const content = {
    resource_type_associations: [{ name: 'OS::Nova::Server', prefix: 'hw:' }],
    properties: { cores: { title: 'Cores', type: 'integer', minimum: 1 } },
    objects: [{ name: 'cpu', required: ['a'], properties: { a: { title: 'A', type: 'string', enum: ['x'] } } }],
    tags: [{ name: 'one' }, { name: 'two' }],
  }
  const name = await namespace(content)
  const shown = await get(`/namespaces/${name}`, ann)
  assert.deepEqual(shown.properties, content.properties)
  assert.deepEqual(shown.tags, content.tags)
  assert.equal(shown.objects[0].self, `/v2/metadefs/namespaces/${name}/objects/cpu`)
  assert.deepEqual(shown.objects[0].properties, content.objects[0]?.properties)
  const onServers = await get(`/namespaces/${name}?resource_type=OS::Nova::Server`)
  assert.deepEqual(Object.keys(onServers.properties), ['hw:cores'])
  assert.deepEqual(onServers.objects[0].required, ['hw:a'])
  const twice = { namespace: 'half', tags: [{ name: 'one' }, { name: 'one' }] }
  await call('post', '/namespaces').send(twice).expect(409)
  await call('get', '/namespaces/half').expect(404)
})

test('who sees and who writes', async () => {
  const open = await namespace()
  const mine = await namespace({ visibility: 'private', owner: ann.projectId })
  await call('post', '/namespaces', ann).send({ namespace: 'anns' }).expect(403)
  assert.deepEqual((await get(`/namespaces/${open}/objects`, bob)).objects, [])
  assert.equal((await get(`/namespaces/${mine}`, ann)).owner, ann.projectId)
  for (const path of ['', '/objects', '/properties', '/tags', '/resource_types'])
    await call('get', `/namespaces/${mine}${path}`, bob).expect(404)
  const seenBy = async (who: Who): Promise<string[]> =>
    (await get('/namespaces?limit=1000', who)).namespaces.map((each: { namespace: string }) => each.namespace)
  assert.ok((await seenBy(ann)).includes(mine))
  assert.ok(!(await seenBy(bob)).includes(mine))
  assert.ok((await seenBy(bob)).includes(open))
  await call('get', `/namespaces?marker=${mine}`, bob).expect(400)
})

test('lists in pages, by visibility and by what they are for', async () => {
  const type = 'A::New::Type'
  const names = []
  for (let count = 0; count < 3; count += 1)
    names.push(await namespace({ visibility: 'private', resource_type_associations: [{ name: type }] }))
  const path = `/namespaces?resource_types=None,${type}&visibility=private&sort_key=namespace&sort_dir=asc&limit=2`
  const first = await get(path)
  const second = (await supertest(faces.app).get(`/image${first.next}`).set('x-auth-token', admin.token)).body
  const listed = [...first.namespaces, ...second.namespaces]
  assert.deepEqual(
    listed.map((each) => each.namespace),
    names,
  )
  assert.equal(second.next, undefined)
  assert.deepEqual(namesOf(listed[0].resource_type_associations), [type])
  assert.ok(namesOf((await get('/resource_types', bob)).resource_types).includes(type))
  assert.deepEqual((await get(`/namespaces?resource_types=${type}&visibility=public`)).namespaces, [])
})

const kinds = [
  { kind: 'objects', words: { description: 'd', required: [], properties: {} } },
  { kind: 'properties', words: { title: 't', type: 'string', enum: ['a', 'b'], default: 'a' } },
] as const

for (const { kind, words } of kinds) {
  test(`${kind}: make, show, change, delete`, async () => {
    const name = await namespace()
    const path = `/namespaces/${name}/${kind}`
    const created = await call('post', path)
      .send({ name: 'a/b', ...words })
      .expect(201)
    assert.equal(created.headers['location'], `${publicUrl}${face}${path}/a%2Fb`)
    await call('post', path)
      .send({ name: 'a/b', ...words })
      .expect(409)
    assert.partialDeepStrictEqual(await get(`${path}/a%2Fb`, bob), { name: 'a/b', ...words })
    await call('put', `${path}/a%2Fb`)
      .send({ name: 'c', ...words, description: 'new' })
      .expect(200)
    assert.equal((await get(`${path}/c`)).description, 'new')
    await call('get', `${path}/a%2Fb`).expect(404)
    await call('post', path)
      .send({ name: 'd', ...words })
      .expect(201)
    await call('put', `${path}/d`)
      .send({ name: 'c', ...words })
      .expect(409)
    await call('put', `${path}/nobody`)
      .send({ name: 'nobody', ...words })
      .expect(404)
    await call('post', path)
      .send({ name: 'e', ...words, unknown: 1 })
      .expect(400)
    await call('delete', `${path}/c`).expect(204)
    await call('delete', `${path}/c`).expect(404)
    await call('delete', path).expect(204)
    const left = (await get(path))[kind]
    assert.equal(Object.keys(left).length, 0)
  })
}

test('tags: all at once, one by one, besides others', async () => {
  const name = await namespace()
  const path = `/namespaces/${name}/tags`
  const send = (names: readonly string[], headers: Record<string, string> = {}) =>
    call('post', path)
      .set(headers)
      .send({ tags: names.map((tag) => ({ name: tag })) })
  const tags = async () => namesOf((await get(path)).tags)
  await send(['a', 'b']).expect(201)
  await send(['c']).expect(201)
  assert.deepEqual(await tags(), ['c'])
  await send(['a'], { 'x-openstack-append': 'True' }).expect(201)
  assert.deepEqual(await tags(), ['a', 'c'])
  await send(['a', 'd'], { 'x-openstack-append': 'true' }).expect(409)
  assert.deepEqual(await tags(), ['a', 'c'])
  await call('post', `${path}/e`).expect(201)
  await call('post', `${path}/e`).expect(409)
  await call('put', `${path}/e`).send({ name: 'f' }).expect(200)
  assert.equal((await get(`${path}/f`)).name, 'f')
  await call('delete', `${path}/f`).expect(204)
  await call('delete', path).expect(204)
  assert.deepEqual(await tags(), [])
})

test('what a namespace is for; nothing of a protected one is deleted', async () => {
  const name = await namespace()
  const path = `/namespaces/${name}/resource_types`
  const words = { name: 'OS::Glance::Image', prefix: 'hw_', properties_target: 'image' }
  const { body } = await call('post', path).send(words).expect(201)
  assert.partialDeepStrictEqual(body, words)
  await call('post', path).send(words).expect(409)
  const guarded = { namespace: name, visibility: 'public', protected: true }
  await call('put', `/namespaces/${name}`).send(guarded).expect(200)
  await call('delete', `${path}/OS::Glance::Image`).expect(403)
  for (const kind of ['objects', 'properties', 'tags']) await call('delete', `/namespaces/${name}/${kind}`).expect(403)
  await call('put', `/namespaces/${name}`)
    .send({ ...guarded, protected: false })
    .expect(200)
  await call('delete', `${path}/OS::Glance::Image`).expect(204)
  assert.deepEqual((await get(path)).resource_type_associations, [])
})

test('schemas', async () => {
  const schema = (name: string) =>
    supertest(faces.app).get(`/image/v2/schemas/metadefs/${name}`).set('x-auth-token', bob.token)
  for (const name of ['namespace', 'namespaces', 'object', 'objects', 'property', 'properties', 'tag', 'tags'])
    assert.equal((await schema(name).expect(200)).body.name, name)
  assert.equal((await schema('resource_type')).body.name, 'resource_type_association')
  assert.equal((await schema('resource_types')).body.name, 'resource_type_associations')
  await schema('constructor').expect(404)
})
