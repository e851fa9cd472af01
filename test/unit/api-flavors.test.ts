import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

let api: ApiFixture
const root = '/compute/v2.1/flavors'

before(async () => {
  api = await startApiFixture()
  for (const [id, ram, isPublic] of [
    ['1', 256, true],
    ['2', 512, true],
    ['3', 1024, true],
    ['secret', 2048, false],
  ] as const) {
    const flavor = { id, name: `f${id}`, ram, vcpus: '1', disk: 1, 'os-flavor-access:is_public': isPublic }
    await api.send('admin', 'post', root, { body: { flavor } }).expect(200)
  }
})
after(async () => {
  await api.close()
  assert.deepEqual(api.violations, [])
})

async function ids(bearer: 'admin' | 'member', query: string): Promise<string[]> {
  const answer = await api.send(bearer, 'get', `${root}?${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.flavors.map((flavor: { id: string }) => flavor.id)
}

test('lists filter, sort and page', async () => {
  assert.deepEqual(await ids('admin', ''), ['1', '2', '3'])
  assert.deepEqual(await ids('admin', 'is_public=None'), ['1', '2', '3', 'secret'])
  assert.deepEqual(await ids('admin', 'is_public=False'), ['secret'])
  assert.deepEqual(await ids('member', 'is_public=None'), ['1', '2', '3'])
  assert.deepEqual(await ids('member', 'minRam=512'), ['2', '3'])
  assert.deepEqual(await ids('member', 'sort_key=memory_mb&sort_dir=desc'), ['3', '2', '1'])
  assert.deepEqual(await ids('member', 'limit=2&marker=1'), ['2', '3'])
  assert.deepEqual(await ids('member', 'unknown=ignored'), ['1', '2', '3'])
})

test('there is a next link only when there is more', async () => {
  const first = await api.send('member', 'get', `${root}/detail?limit=2`)
  const next = new URL(first.body.flavors_links[0].href)
  assert.equal(next.origin + next.pathname, 'https://cloud.example.org:8774/compute/v2.1/flavors/detail')
  const second = await api.send('member', 'get', next.pathname + next.search)
  assert.deepEqual(
    second.body.flavors.map((flavor: { id: string }) => flavor.id),
    ['3'],
  )
  assert.equal('flavors_links' in second.body, false)
})

for (const query of [
  'limit=-1',
  'limit=many',
  'minRam=little',
  'marker=nobody',
  'sort_key=colour',
  'is_public=perhaps',
]) {
  test(`?${query} is 400`, async () => {
    assert.equal((await api.send('admin', 'get', `${root}?${query}`)).status, 400)
  })
}

test('unknown query keys are refused from 2.75 on', async () => {
  const answer = await api.send('member', 'get', `${root}?colour=red`, { microversion: '2.75' })
  assert.equal(answer.status, 400)
  assert.match(answer.body.badRequest.message, /Additional properties are not allowed \('colour' was unexpected\)/)
})

test('swap, description and extra specs follow the microversion', async () => {
  const at = async (microversion: string) =>
    (await api.send('member', 'get', `${root}/1`, { microversion })).body.flavor
  assert.equal((await at('2.1')).swap, '')
  assert.equal((await at('2.75')).swap, 0)
  assert.equal('description' in (await at('2.54')), false)
  assert.equal((await at('2.55')).description, null)
  assert.equal('extra_specs' in (await at('2.60')), false)
  assert.deepEqual((await at('2.61')).extra_specs, {})
})

test('taken names and ids are 409; null and auto make an id', async () => {
  const flavor = { name: 'f1', ram: 1, vcpus: 1, disk: 0 }
  const byName = await api.send('admin', 'post', root, { body: { flavor: { ...flavor, id: null } } })
  assert.equal(byName.body.conflictingRequest.message, 'Flavor with name f1 already exists.')
  const byId = await api.send('admin', 'post', root, { body: { flavor: { ...flavor, name: 'fresh', id: '1' } } })
  assert.equal(byId.body.conflictingRequest.message, 'Flavor with ID 1 already exists.')
  const made = await api.send('admin', 'post', root, { body: { flavor: { ...flavor, name: 'made', id: 'auto' } } })
  assert.match(made.body.flavor.id, /^[0-9a-f-]{36}$/)
  assert.equal((await api.send('admin', 'delete', `${root}/${made.body.flavor.id}`)).status, 202)
  assert.equal((await api.send('admin', 'delete', `${root}/${made.body.flavor.id}`)).status, 404)
})

test('a flavor that is not public does not exist for members', async () => {
  assert.equal((await api.send('member', 'get', `${root}/secret`)).status, 404)
  assert.equal((await api.send('admin', 'get', `${root}/secret`)).status, 200)
})

test('extra specs: set, show, change, delete', async () => {
  const specs = `${root}/2/os-extra_specs`
  await api.send('admin', 'post', specs, { body: { extra_specs: { 'hw:a': 'x', b: 2 } } }).expect(200)
  assert.deepEqual((await api.send('member', 'get', specs)).body, { extra_specs: { 'hw:a': 'x', b: '2' } })
  await api.send('admin', 'put', `${specs}/b`, { body: { b: '3' } }).expect(200)
  assert.deepEqual((await api.send('member', 'get', `${specs}/b`)).body, { b: '3' })
  assert.equal((await api.send('admin', 'put', `${specs}/b`, { body: { c: '3' } })).status, 400)
  assert.equal((await api.send('admin', 'delete', `${specs}/b`)).status, 200)
  assert.equal((await api.send('admin', 'delete', `${specs}/b`)).status, 404)
  assert.equal((await api.send('admin', 'get', `${specs}/constructor`)).status, 404)
})

test('a description is set from 2.55 on', async () => {
  const body = { flavor: { description: 'small' } }
  const answer = await api.send('admin', 'put', `${root}/1`, { body, microversion: '2.61' })
  assert.equal(answer.body.flavor.description, 'small')
})
