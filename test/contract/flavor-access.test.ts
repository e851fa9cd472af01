import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { addProjects, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

const root = '/compute/v2.1/flavors'
let api: ApiFixture

beforeEach(async () => {
  api = await startApiFixture()
  await addProjects(api.db)
  for (const [id, isPublic] of [
    ['open', true],
    ['closed', false],
  ] as const) {
    const flavor = { id, name: id, ram: 1, vcpus: 1, disk: 1, 'os-flavor-access:is_public': isPublic }
    await api.send('admin', 'post', root, { body: { flavor } }).expect(200)
  }
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const act = (action: 'addTenantAccess' | 'removeTenantAccess', tenant: string, id = 'closed', as: Bearer = 'admin') =>
  api.send(as, 'post', `${root}/${id}/action`, { body: { [action]: { tenant } } })
const listed = async (bearer: Bearer, query = '') =>
  ((await api.send(bearer, 'get', `${root}${query}`).expect(200)).body.flavors as { id: string }[]).map(({ id }) => id)

test('a private flavor is seen and used by the projects that it was given to, and by admins', async () => {
  assert.deepEqual(await listed('member'), ['open'])
  await api.send('member', 'get', `${root}/closed`).expect(404)
  await api.send('member', 'get', `${root}?marker=closed`).expect(400)
  const given = [{ flavor_id: 'closed', tenant_id: projects.own }]
  assert.deepEqual((await act('addTenantAccess', projects.own).expect(200)).body.flavor_access, given)
  assert.deepEqual((await api.send('admin', 'get', `${root}/closed/os-flavor-access`)).body.flavor_access, given)
  assert.deepEqual(await listed('member'), ['closed', 'open'])
  assert.deepEqual(await listed('member', '?marker=closed'), ['open'])
  assert.deepEqual(await listed('other'), ['open'])
  assert.deepEqual(await listed('admin'), ['open'])
  assert.deepEqual(await listed('admin', '?is_public=None'), ['closed', 'open'])
  assert.deepEqual(await listed('admin', '?is_public=false'), ['closed'])
  await api.send('member', 'get', `${root}/closed/os-extra_specs`).expect(200)
  await api.send('other', 'get', `${root}/closed`).expect(404)
  assert.deepEqual((await act('removeTenantAccess', projects.own).expect(200)).body.flavor_access, [])
  assert.deepEqual(await listed('member'), ['open'])
})

test('refusals: public flavors, twice, unknown projects and flavors, people who are no admins', async () => {
  await api.send('admin', 'get', `${root}/open/os-flavor-access`).expect(404)
  await act('addTenantAccess', projects.own, 'open').expect(409)
  await act('addTenantAccess', projects.own).expect(200)
  await act('addTenantAccess', projects.own).expect(409)
  await act('removeTenantAccess', projects.other).expect(404)
  await act('addTenantAccess', 'nobody').expect(400)
  await act('addTenantAccess', projects.own, 'none').expect(404)
  await act('addTenantAccess', projects.own, 'closed', 'member').expect(403)
  await api.send('member', 'get', `${root}/closed/os-flavor-access`).expect(403)
})

test('it goes with the flavor', async () => {
  await act('addTenantAccess', projects.own).expect(200)
  await api.send('admin', 'delete', `${root}/closed`).expect(202)
  assert.deepEqual(await api.db('flavor_access'), [])
})
