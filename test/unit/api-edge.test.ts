/** Bad input at the edge: every refusal in the right envelope, telling what to do, never repeating secrets. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

let api: ApiFixture
const logged: string[] = []

before(async () => {
  const note = (fields: object) => void logged.push(JSON.stringify(fields))
  const logger = { debug: note, info: note, warn: note, error: note, child: () => logger }
  api = await startApiFixture({ logger }, { maxBodyBytes: 2000 })
})
after(() => api.close())

const json = { 'Content-Type': 'application/json' }
const flavors = '/compute/v2.1/flavors'

test('malformed JSON is 400 and is not repeated', async () => {
  const answer = await api.send('admin', 'post', flavors, { headers: json, body: '{"flavor": {"name": secret-word' })
  assert.equal(answer.status, 400)
  assert.match(answer.body.badRequest.message, /^Malformed request body: it is not valid JSON/)
  assert.doesNotMatch(answer.text, /secret-word/)
})

test('a body over the limit is 413', async () => {
  const answer = await api.send('admin', 'post', flavors, { body: { flavor: { name: 'x'.repeat(3000) } } })
  assert.equal(answer.status, 413)
  assert.match(answer.body.overLimit.message, /2000 bytes/)
})

test('another media type is 415', async () => {
  const answer = await api.send('admin', 'post', flavors, { headers: { 'Content-Type': 'text/plain' }, body: 'hello' })
  assert.equal(answer.status, 415)
  assert.match(answer.body.badMediaType.message, /text\/plain; send application\/json/)
})

test('a missing body is 400', async () => {
  const answer = await api.send('admin', 'post', flavors)
  assert.equal(answer.status, 400)
  assert.match(answer.body.badRequest.message, /needs a JSON body/)
})

test('a method that a path lacks is 405 with Allow', async () => {
  const answer = await api.send('admin', 'delete', flavors)
  assert.equal(answer.status, 405)
  assert.equal(answer.headers['allow'], 'GET, POST')
  assert.equal(answer.body.badMethod.code, 405)
})

for (const [path, key] of [
  ['/compute/v2.1/nothing', 'itemNotFound'],
  ['/image/v2/nothing', 'error'],
  ['/identity/v3/nothing', 'error'],
  ['/nothing', 'error'],
] as const) {
  test(`an unknown path is 404 in its service's envelope: ${path}`, async () => {
    const answer = await api.send(undefined, 'get', path)
    assert.equal(answer.status, 404)
    assert.ok(key in answer.body, answer.text)
    assert.equal(answer.headers['content-type'], 'application/json')
  })
}

test('a broken percent sequence is 400', async () => {
  assert.equal((await api.send('admin', 'get', '/compute/v2.1/flavors/%zz')).status, 400)
})

test('slashes at the end and doubled ones do not matter', async () => {
  assert.equal((await api.send('admin', 'get', '//compute//v2.1/flavors/')).status, 200)
})

const invalid = [
  [{}, "the body: 'flavor' is a required property."],
  [{ flavor: { ram: 1, vcpus: 1, disk: 1 } }, "field/attribute flavor: 'name' is a required property."],
  [{ flavor: { name: 5, ram: 1, vcpus: 1, disk: 1 } }, 'field/attribute flavor.name: it must be string.'],
  [{ flavor: { name: ' f', ram: 1, vcpus: 1, disk: 1 } }, 'field/attribute flavor.name: it must match pattern'],
  [{ flavor: { name: 'f', ram: 0, vcpus: 1, disk: 1 } }, 'field/attribute flavor.ram: it must be >= 1.'],
  [
    { flavor: { name: 'f', ram: 1, vcpus: 1, disk: 1, extra: 1 } },
    "Additional properties are not allowed ('extra' was unexpected)",
  ],
  [{ flavor: { name: 'f', ram: 1, vcpus: 1, disk: 1, description: 'd' } }, "('description' was unexpected)"],
  [{ flavor: { name: 'f', ram: '9999999999', vcpus: 1, disk: 1 } }, 'it must be 2147483647 at most.'],
] as const

for (const [body, text] of invalid) {
  test(`${JSON.stringify(body)} is told what is wrong`, async () => {
    const answer = await api.send('admin', 'post', flavors, { body })
    assert.equal(answer.status, 400)
    assert.ok(answer.body.badRequest.message.includes(text), answer.body.badRequest.message)
  })
}

test('an action body has exactly one known key', async () => {
  const path = '/compute/v2.1/servers/x/action'
  for (const body of [{}, { 'os-start': null, 'os-stop': null }, { dance: null }, []]) {
    assert.equal((await api.send('member', 'post', path, { body })).status, 400, JSON.stringify(body))
  }
  assert.equal((await api.send('member', 'post', path, { body: { 'os-start': null } })).status, 404)
})

test('an unexpected error is a 500 that tells nothing but the request id', async () => {
  const broken = await startApiFixture({ readiness: () => Promise.reject(new Error('password=hunter2')) })
  const answer = await broken.send(undefined, 'get', '/readyz')
  assert.equal(answer.status, 500)
  assert.doesNotMatch(answer.text, /hunter2/)
  assert.ok(answer.body.error.message.includes(String(answer.headers['x-openstack-request-id'])))
  await broken.close()
})

test('an answer that breaks the contract becomes a loud 500', async () => {
  const broken = await startApiFixture({ readiness: async () => [{ name: 7, ok: true, message: '' }] as never })
  const answer = await broken.send(undefined, 'get', '/readyz')
  assert.equal(answer.status, 500)
  assert.match(answer.body.error.message, /getReadiness 200.*\/parts\/0\/name must be string/)
  assert.equal(broken.violations.length, 1)
  await broken.close()
})

test('the access log knows who and what, but no token and no query', async () => {
  logged.length = 0
  await api.send('admin', 'get', `${flavors}?limit=1&marker=secret-word`)
  const line = logged.find((entry) => entry.includes('"operation":"listFlavors"')) ?? ''
  const { method, path, status, user } = JSON.parse(line) as Record<string, unknown>
  assert.deepEqual({ method, path, status, user }, { method: 'GET', path: flavors, status: 400, user: 'admin-user' })
  assert.doesNotMatch(logged.join(), /secret-word|"admin"/)
})

test('compute answers carry both request ids', async () => {
  const { headers } = await api.send('admin', 'get', flavors)
  assert.equal(headers['x-compute-request-id'], headers['x-openstack-request-id'])
})
