/** What a database cannot keep or compare is a refusal or an empty list in both, never a failure of the service. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import supertest from 'supertest'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'
import { startFaces, type FaceHarness } from '../support/face-harness.ts'

const nul = 'a\u0000b'

describe('compute', () => {
  let fixture: ApiFixture
  before(async () => {
    fixture = await startApiFixture()
  })
  after(() => fixture.close())

  for (const path of [
    '/compute/v2.1/flavors?minRam=99999999999999',
    '/compute/v2.1/flavors?minDisk=2147483648',
    '/compute/v2.1/flavors?minRam=2147483647',
    '/compute/v2.1/flavors/a%00b',
    '/compute/v2.1/servers?name=a%00b',
    '/compute/v2.1/servers?host=a%00b&all_tenants=1',
    '/compute/v2.1/servers?availability_zone=a%00b',
    '/compute/v2.1/servers?marker=a%00b',
    '/compute/v2.1/servers?changes-since=9999-12-31T00:00:00Z',
    '/compute/v2.1/servers/a%00b',
    '/compute/v2.1/os-keypairs/a%00b',
    '/v1/operations/a%00b',
    '/v1/operations?marker=a%00b',
  ]) {
    test(`GET ${path}`, async () => {
      const { status, text } = await fixture.send('admin', 'get', path)
      assert.ok(status < 500, text)
      assert.doesNotMatch(text, /select|insert/i)
    })
  }
})

describe('identity and images', () => {
  let faces: FaceHarness
  before(async () => {
    faces = await startFaces()
  })
  after(() => faces.stop())

  const domain = { id: 'default' }
  const calls: readonly (readonly [string, object | undefined, number])[] = [
    ['/identity/v3/projects', { project: { name: nul } }, 400],
    ['/identity/v3/projects', { project: { name: 'p', description: nul } }, 400],
    ['/identity/v3/users', { user: { name: nul } }, 400],
    ['/identity/v3/roles', { role: { name: nul } }, 400],
    ['/image/v2/images', { name: nul }, 400],
    // Kept as JSON, in which it is escaped.
    ['/image/v2/images', { name: 'i', property: nul }, 201],
    ['/identity/v3/auth/tokens', loginOf({ name: nul, domain }), 400],
    ['/identity/v3/auth/tokens', loginOf({ name: 'admin', domain }, nul), 401],
    ['/identity/v3/users?name=a%00b', undefined, 400],
    ['/identity/v3/users/a%00b', undefined, 400],
    ['/image/v2/images?name=a%00b', undefined, 400],
    ['/image/v2/images?owner=a%00b', undefined, 400],
    ['/image/v2/images?size_max=99999999999999999999999', undefined, 200],
    ['/image/v2/images?size_min=99999999999999999999999', undefined, 200],
  ]
  for (const [path, body, wanted] of calls) {
    test(`${path} ${JSON.stringify(body ?? '')}`, async () => {
      const client = supertest(faces.app)
      const asked = body === undefined ? client.get(path) : client.post(path).send(body)
      const { status, text } = await asked.set('x-auth-token', faces.adminToken)
      assert.equal(status, wanted, text)
    })
  }
})

function loginOf(user: object, password = 'x'): object {
  return { auth: { identity: { methods: ['password'], password: { user: { ...user, password } } } } }
}
