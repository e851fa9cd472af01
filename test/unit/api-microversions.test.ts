import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

let api: ApiFixture

before(async () => {
  api = await startApiFixture()
})
after(() => api.close())

const accepted = [
  { headers: {}, echoed: '2.1' },
  { headers: { 'OpenStack-API-Version': 'compute 2.37' }, echoed: '2.37' },
  { headers: { 'OpenStack-API-Version': 'Compute LATEST' }, echoed: '2.93' },
  { headers: { 'OpenStack-API-Version': 'volume 3.60, compute 2.61' }, echoed: '2.61' },
  { headers: { 'OpenStack-API-Version': 'volume 3.60' }, echoed: '2.1' },
  { headers: { 'X-OpenStack-Nova-API-Version': '2.8' }, echoed: '2.8' },
  { headers: { 'X-OpenStack-Nova-API-Version': '2.8', 'OpenStack-API-Version': 'compute 2.9' }, echoed: '2.9' },
] as const

for (const { headers, echoed } of accepted) {
  test(`${JSON.stringify(headers)} is ${echoed}, in both headers`, async () => {
    const answer = await api.send('member', 'get', '/compute/v2.1/flavors', { headers })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['openstack-api-version'], `compute ${echoed}`)
    assert.equal(answer.headers['x-openstack-nova-api-version'], echoed)
    assert.equal(answer.headers['vary'], 'OpenStack-API-Version, X-OpenStack-Nova-API-Version')
  })
}

const refused = [
  { version: '2.94', status: 406, fault: 'computeFault' },
  { version: '2.0', status: 406, fault: 'computeFault' },
  { version: '3.1', status: 406, fault: 'computeFault' },
  { version: '2.1.1', status: 400, fault: 'badRequest' },
  { version: '2', status: 400, fault: 'badRequest' },
  { version: '2.01', status: 400, fault: 'badRequest' },
  { version: 'soon', status: 400, fault: 'badRequest' },
  { version: '2.1 2.2', status: 400, fault: 'badRequest' },
  { version: '', status: 400, fault: 'badRequest' },
] as const

for (const { version, status, fault } of refused) {
  test(`microversion '${version}' is ${status}`, async () => {
    const answer = await api.send('member', 'get', '/compute/v2.1/flavors', { microversion: version })
    assert.equal(answer.status, status)
    assert.equal(answer.body[fault].code, status)
  })
}

test('/compute/v2 never takes microversions, drops unknown keys, and links to itself', async () => {
  const answer = await api.send('admin', 'post', '/compute/v2/flavors', {
    microversion: '9.99',
    body: { flavor: { name: 'f', ram: 1, vcpus: 1, disk: 1, colour: 'red' } },
  })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.headers['openstack-api-version'], undefined)
  assert.equal('description' in answer.body.flavor, false)
  assert.match(answer.body.flavor.links[0].href, /^https:\/\/cloud\.example\.org:8774\/compute\/v2\/flavors\//)
})

test('an operation outside its range of microversions is 404', async () => {
  const late = await api.send('admin', 'put', '/compute/v2.1/flavors/x', {
    microversion: '2.54',
    body: { flavor: { description: '' } },
  })
  assert.equal(late.status, 404)
  const gone = await api.send('admin', 'get', '/compute/v2.1/os-hypervisors/statistics', { microversion: '2.88' })
  assert.notEqual(gone.status, 200)
  assert.equal(
    (await api.send('admin', 'get', '/compute/v2.1/os-hypervisors/statistics', { microversion: '2.87' })).status,
    200,
  )
})

test('version documents need no token and stand under both slash forms', async () => {
  const list = await api.send(undefined, 'get', '/compute/')
  assert.deepEqual(
    list.body.versions.map((version: { id: string }) => version.id),
    ['v2.0', 'v2.1'],
  )
  for (const version of list.body.versions) {
    const self: string = version.links[0].href
    assert.ok(self.startsWith('https://cloud.example.org:8774/'))
    for (const path of [new URL(self).pathname, new URL(self).pathname.replace(/\/$/, '')]) {
      const shown = await api.send(undefined, 'get', path)
      assert.equal(shown.status, 200)
      assert.equal(shown.body.version.links[0].href, self)
    }
  }
  assert.equal((await api.send(undefined, 'get', '/compute/v2.1')).body.version.version, '2.93')
  assert.deepEqual(api.violations, [])
})
