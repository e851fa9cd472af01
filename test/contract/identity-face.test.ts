import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { adminPassword, publicUrl, startFaces } from '../support/face-harness.ts'
import type { FaceHarness, Tenant } from '../support/face-harness.ts'

let faces: FaceHarness
let ann: Tenant

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
})
after(() => faces.stop())

const v3 = '/identity/v3'
const asAdmin = () => ({ 'x-auth-token': faces.adminToken })
const asAnn = () => ({ 'x-auth-token': ann.token })
const get = (path: string, headers: Record<string, string> = asAdmin()) => supertest(faces.app).get(path).set(headers)
const post = (path: string, body: object, headers: Record<string, string> = asAdmin()) =>
  supertest(faces.app).post(path).set(headers).send(body)
const patch = (path: string, body: object) => supertest(faces.app).patch(path).set(asAdmin()).send(body)
const remove = (path: string, headers: Record<string, string> = asAdmin()) =>
  supertest(faces.app).delete(path).set(headers)

function login(user: object, scope?: unknown) {
  const auth = { identity: { methods: ['password'], password: { user } }, ...(scope === undefined ? {} : { scope }) }
  return post(`${v3}/auth/tokens`, { auth }, {})
}
const admin = { name: 'admin', domain: { name: 'Default' }, password: adminPassword }

test('discovery: 300 with links that come from the public URL, whatever the Host header says', async () => {
  const root = await get('/identity', { host: 'evil.example.org' }).expect(300)
  assert.equal(root.body.versions.values[0].id, 'v3.14')
  assert.equal(root.body.versions.values[0].links[0].href, `${publicUrl}/identity/v3/`)
  const version = await get(`${v3}/`, {}).expect(200)
  assert.deepEqual(version.body.version, root.body.versions.values[0])
})

test('a login gives the token in its header, who and where, and the catalog', async () => {
  const response = await login(admin, { project: { name: 'admin', domain: { id: 'default' } } }).expect(201)
  assert.match(String(response.headers['x-subject-token']), /^[\w-]{43}$/)
  const { token } = response.body
  assert.equal(token.project.name, 'admin')
  assert.deepEqual(token.methods, ['password'])
  assert.ok(token.roles.some((role: { name: string }) => role.name === 'admin'))
  assert.match(token.issued_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/)
  assert.deepEqual(
    token.catalog.map((service: { type: string; endpoints: { url: string }[] }) => [
      service.type,
      service.endpoints[0]?.url,
      service.endpoints.length,
    ]),
    [
      ['identity', `${publicUrl}/identity`, 3],
      ['compute', `${publicUrl}/compute/v2.1`, 3],
      ['image', `${publicUrl}/image`, 3],
    ],
  )
})

test('scopes: project by id, none in two spellings, the default one', async () => {
  const byId = await login(admin, { project: { id: ann.projectId } })
  assert.equal(byId.status, 401, 'no role there')
  for (const scope of ['unscoped', { unscoped: {} }]) {
    const { body } = await login(admin, scope).expect(201)
    assert.equal(body.token.catalog, undefined)
    assert.equal(body.token.roles, undefined)
  }
  const byDefault = await login({ id: ann.userId, password: 'pw' }).expect(201)
  assert.equal(byDefault.body.token.project.id, ann.projectId)
})

test('refused logins: the same 401 in Keystone’s envelope, with WWW-Authenticate', async () => {
  const wrong = [
    { ...admin, password: 'wrong-password' },
    { ...admin, name: 'nobody' },
    { ...admin, domain: { name: 'Nowhere' } },
    { id: 'no-such-id', password: 'x' },
  ]
  const messages = new Set<string>()
  for (const user of wrong) {
    const response = await login(user).expect(401)
    assert.match(
      String(response.headers['www-authenticate']),
      /^Keystone uri="https:\/\/cloud\.example\.org:8443\/identity"/,
    )
    assert.equal(response.body.error.title, 'Unauthorized')
    messages.add(response.body.error.message)
  }
  assert.equal(messages.size, 1)
})

test('malformed logins are 400, and what was sent is never repeated', async () => {
  const secret = 'do-not-repeat-me'
  const bodies: object[] = [
    {},
    { auth: {} },
    { auth: { identity: { methods: [] } } },
    { auth: { identity: { methods: ['password'] } } },
    { auth: { identity: { methods: ['password'], password: { user: { name: 'admin', password: secret } } } } },
    { auth: { identity: { methods: ['password'], password: { user: { ...admin, password: [secret] } } } } },
    { auth: { identity: { methods: ['password'], password: { user: admin } }, scope: { system: {}, unscoped: {} } } },
    { auth: { identity: { methods: ['password'], password: { user: admin } }, scope: { system: { all: false } } } },
    { auth: { identity: { methods: ['password'], password: { user: admin } }, scope: { project: { name: 'x' } } } },
  ]
  for (const body of bodies) {
    const response = await post(`${v3}/auth/tokens`, body, {}).expect(400)
    assert.equal(response.body.error.code, 400)
    assert.ok(!response.text.includes(secret))
  }
  const broken = await supertest(faces.app)
    .post(`${v3}/auth/tokens`)
    .set('content-type', 'application/json')
    .send(`{"password": "${secret}"`)
    .expect(400)
  assert.ok(!broken.text.includes(secret))
  await post(`${v3}/auth/tokens`, { auth: { identity: { methods: ['token'], token: { id: 'x' } } } }, {}).expect(404)
})

test('tokens are validated, checked and revoked; revoked ones are nothing any more', async () => {
  const token = await faces.tokenOf('ann', 'pw')
  const subject = (headers: Record<string, string>) => ({ ...headers, 'x-subject-token': token })
  const shown = await get(`${v3}/auth/tokens`, subject(asAdmin())).expect(200)
  assert.equal(shown.body.token.user.id, ann.userId)
  assert.equal(shown.headers['x-subject-token'], token)
  const check = () => supertest(faces.app).head(`${v3}/auth/tokens`).set(subject(asAdmin()))
  await check().expect(200)
  const bob = await faces.addTenant('bob-who-is-nosy', 'member')
  await get(`${v3}/auth/tokens`, subject({ 'x-auth-token': bob.token })).expect(403)
  await remove(`${v3}/auth/tokens`, subject({ 'x-auth-token': token })).expect(204)
  await check().expect(404)
  await get(`${v3}/auth/projects`, { 'x-auth-token': token }).expect(401)
  await get(`${v3}/auth/tokens`, asAdmin()).expect(400)
})

test('catalog and projects of the bearer', async () => {
  const catalog = await get(`${v3}/auth/catalog`, asAnn()).expect(200)
  assert.equal(catalog.body.catalog.length, 3)
  const projects = await get(`${v3}/auth/projects`, asAnn()).expect(200)
  assert.deepEqual(
    projects.body.projects.map(({ id }: { id: string }) => id),
    [ann.projectId],
  )
})

test('an admin’s day: project, user, role, log in, list, take all away', async () => {
  const { project } = (await post(`${v3}/projects`, { project: { name: 'lab', description: null } }).expect(201)).body
  assert.equal(project.parent_id, 'default')
  const sent = { name: 'cy', password: 'pw', project_id: project.id, default_project_id: project.id, email: 'cy@x.org' }
  const { user } = (await post(`${v3}/users`, { user: sent }).expect(201)).body
  assert.equal(user.password, undefined)
  const [role] = (await get(`${v3}/roles?name=member`).expect(200)).body.roles
  const place = `${v3}/projects/${project.id}/users/${user.id}/roles`
  const put = () => supertest(faces.app).put(`${place}/${role.id}`).set(asAdmin())
  await put().expect(204)
  await put().expect(204)
  await supertest(faces.app).head(`${place}/${role.id}`).set(asAdmin()).expect(204)
  await get(`${place}/${role.id}`).expect(204)
  assert.equal((await get(place).expect(200)).body.roles.length, 1)
  const cy = { 'x-auth-token': await faces.tokenOf('cy', 'pw') }
  await get(`${v3}/users/${user.id}`, cy).expect(200)
  await get(`${v3}/users/${user.id}/projects`, cy).expect(200)
  await get(`${v3}/projects/${project.id}`, cy).expect(200)
  const assignments = await get(`${v3}/role_assignments?user.id=${user.id}&include_names`).expect(200)
  assert.equal(assignments.body.role_assignments[0].role.name, 'member')
  assert.equal(assignments.body.role_assignments[0].scope.project.domain.name, 'Default')
  const bare = await get(`${v3}/role_assignments?user.id=${user.id}`).expect(200)
  assert.deepEqual(bare.body.role_assignments[0].role, { id: role.id })
  await remove(`${place}/${role.id}`).expect(204)
  await remove(`${place}/${role.id}`).expect(404)
  await get(`${v3}/auth/projects`, cy).expect(401)
  await remove(`${v3}/users/${user.id}`).expect(204)
  await remove(`${v3}/projects/${project.id}`).expect(204)
  await get(`${v3}/projects/${project.id}`).expect(404)
})

test('lists are filtered, and updates change what they name', async () => {
  const { project } = (await post(`${v3}/projects`, { project: { name: 'filtered' } }).expect(201)).body
  const names = async (path: string, key: string) =>
    ((await get(path).expect(200)).body[key] as { name: string }[]).map(({ name }) => name)
  assert.deepEqual(await names(`${v3}/projects?name=filtered&enabled=True`, 'projects'), ['filtered'])
  await patch(`${v3}/projects/${project.id}`, { project: { enabled: false, description: 'shut' } }).expect(200)
  assert.deepEqual(await names(`${v3}/projects?name=filtered&enabled=True`, 'projects'), [])
  assert.deepEqual(await names(`${v3}/projects?is_domain=true`, 'projects'), ['Default'])
  assert.deepEqual(await names(`${v3}/domains?name=Default`, 'domains'), ['Default'])
  assert.deepEqual(await names(`${v3}/users?name=admin&domain_id=default`, 'users'), ['admin'])
  const { role } = (await post(`${v3}/roles`, { role: { name: 'auditor' } }).expect(201)).body
  const renamed = await patch(`${v3}/roles/${role.id}`, { role: { name: 'inspector' } }).expect(200)
  assert.equal(renamed.body.role.name, 'inspector')
  await get(`${v3}/roles/${role.id}`).expect(200)
  await remove(`${v3}/roles/${role.id}`).expect(204)
})

test('bad input of admins: 400, 403, 404 and 409 in Keystone’s envelope', async () => {
  const refusals: [number, ReturnType<typeof post>][] = [
    [409, post(`${v3}/projects`, { project: { name: 'admin' } })],
    [400, post(`${v3}/projects`, { project: { name: ' ' } })],
    [400, post(`${v3}/projects`, { project: { name: 'n'.repeat(65) } })],
    [404, post(`${v3}/projects`, { project: { name: 'nested', parent_id: 'nowhere' } })],
    [403, patch(`${v3}/projects/${ann.projectId}`, { project: { parent_id: 'elsewhere' } })],
    [404, post(`${v3}/projects`, { project: { name: 'x', domain_id: 'nowhere' } })],
    [409, post(`${v3}/users`, { user: { name: 'admin' } })],
    [400, post(`${v3}/users`, { user: {} })],
    [400, patch(`${v3}/users/${ann.userId}`, { user: { password: null } })],
    [404, patch(`${v3}/users/unknown`, { user: { enabled: true } })],
    [400, get(`${v3}/projects?enabled=perhaps`)],
    [404, get(`${v3}/domains/nowhere`)],
    [403, remove(`${v3}/domains/default`)],
    [403, patch(`${v3}/domains/default`, { domain: { enabled: false } })],
    [405, post(`${v3}/domains/default`, {})],
  ]
  for (const [status, refusal] of refusals) {
    const response = await refusal
    assert.equal(response.status, status, response.text)
    assert.equal(response.body.error.code, status)
  }
})

test('members do not do an admin’s work', async () => {
  const others: [string, string][] = [
    ['get', '/projects'],
    ['get', '/users'],
    ['get', '/roles'],
    ['get', '/role_assignments'],
    ['get', '/projects/0123'],
    ['get', '/users/0123'],
    ['get', '/users/0123/projects'],
    ['post', '/projects'],
    ['post', '/users'],
    ['delete', `/users/${ann.userId}`],
    ['put', `/projects/${ann.projectId}/users/${ann.userId}/roles/0123`],
  ]
  for (const [method, path] of others) {
    const response = await supertest(faces.app)
      [method as 'get'](v3 + path)
      .set(asAnn())
    assert.equal(response.status, 403, `${method} ${path}: ${response.text}`)
  }
  await get(`${v3}/domains/default`, asAnn()).expect(200)
})

test('a user changes the own password, and the old tokens end', async () => {
  const dee = await faces.addTenant('dee', 'reader')
  const headers = { 'x-auth-token': dee.token }
  const change = (original: string, password: string, path = `${v3}/users/${dee.userId}/password`) =>
    post(path, { user: { original_password: original, password } }, headers)
  await change('wrong', 'new').expect(401)
  await change('pw', 'new', `${v3}/users/${ann.userId}/password`).expect(403)
  await change('pw', 'new').expect(204)
  await get(`${v3}/auth/projects`, headers).expect(401)
  await faces.tokenOf('dee', 'new')
})

test('neither passwords nor tokens were logged', () => {
  const logged = faces.logged()
  assert.ok(logged.includes('/identity/v3/auth/tokens'))
  for (const secret of [adminPassword, 'wrong-password', 'do-not-repeat-me', faces.adminToken, ann.token, '"pw"']) {
    assert.ok(!logged.includes(secret), secret)
  }
})
