/** The catalog over HTTP: what is the cloud's own stays, what admins add is shown to those who are meant to see it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { publicUrl, startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v3 = '/identity/v3'
let faces: FaceHarness
let ann: Tenant
let serviceId: string

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  const { service } = (await send('post', 'services', { service: { type: 'object-store', name: 'swift' } }, 201)).body
  serviceId = service.id
})
after(() => faces.stop())

async function send(
  method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head',
  path: string,
  body: object | undefined,
  status: number,
  token = faces.adminToken,
) {
  const response = await supertest(faces.app)[method](`${v3}/${path}`).set('x-auth-token', token).send(body)
  assert.equal(response.status, status, `${method} ${path}: ${response.text}`)
  return response
}
interface Shown {
  readonly type: string
  readonly endpoints: readonly { readonly url: string; readonly interface: string; readonly region_id: string | null }[]
}
async function catalogOf(tenant: Tenant): Promise<readonly Shown[]> {
  return (await send('get', 'auth/catalog', undefined, 200, tenant.token)).body.catalog as Shown[]
}
const typesOf = (catalog: readonly Shown[]) => catalog.map(({ type }) => type)
async function addEndpoint(more: object = {}): Promise<string> {
  const endpoint = { service_id: serviceId, interface: 'public', url: 'http://swift/v1', ...more }
  return (await send('post', 'endpoints', { endpoint }, 201)).body.endpoint.id as string
}

test('the cloud’s own services, endpoints and region are listed, and cannot be changed', async () => {
  const [own] = (await send('get', 'services?type=compute', undefined, 200)).body.services
  const [endpoint] = (await send('get', `endpoints?service_id=${own.id}&interface=public`, undefined, 200)).body
    .endpoints
  assert.equal(endpoint.url, `${publicUrl}/compute/v2.1`)
  assert.equal(endpoint.region_id, 'RegionOne')
  await send('get', `services/${own.id}`, undefined, 200)
  await send('get', 'regions/RegionOne', undefined, 200)
  await send('patch', `services/${own.id}`, { service: { name: 'x' } }, 403)
  await send('delete', `services/${own.id}`, undefined, 403)
  await send('patch', `endpoints/${endpoint.id}`, { endpoint: { url: 'http://evil' } }, 403)
  await send('delete', `endpoints/${endpoint.id}`, undefined, 403)
  await send('patch', 'regions/RegionOne', { region: { description: 'x' } }, 403)
  await send('delete', 'regions/RegionOne', undefined, 403)
  await send('post', 'regions', { region: { id: 'RegionOne' } }, 409)
})

test('an endpoint that is added is in the catalog of tokens, with the bearer’s own address, while it is enabled', async () => {
  const id = await addEndpoint({ url: 'http://swift/v1/AUTH_$(project_id)s/%(user_id)s', region_id: 'RegionOne' })
  const swift = (await catalogOf(ann)).find(({ type }) => type === 'object-store')
  assert.equal(swift?.endpoints[0]?.url, `http://swift/v1/AUTH_${ann.projectId}/${ann.userId}`)
  await send('patch', `endpoints/${id}`, { endpoint: { enabled: false } }, 200)
  assert.deepEqual(typesOf(await catalogOf(ann)), ['identity', 'compute', 'image'])
  await send('patch', `endpoints/${id}`, { endpoint: { enabled: true } }, 200)
  await send('patch', `services/${serviceId}`, { service: { enabled: false } }, 200)
  assert.deepEqual(typesOf(await catalogOf(ann)), ['identity', 'compute', 'image'])
  await send('patch', `services/${serviceId}`, { service: { enabled: true } }, 200)
  await send('delete', `endpoints/${id}`, undefined, 204)
  await send('get', `endpoints/${id}`, undefined, 404)
})

test('endpoints need a service, a region that is there, and a url that can be filled in', async () => {
  const endpoint = { service_id: serviceId, interface: 'public', url: 'http://swift' }
  const refused = [
    { ...endpoint, service_id: 'nowhere' },
    { ...endpoint, region_id: 'nowhere' },
    { ...endpoint, url: 'http://swift/$(password)s' },
    { ...endpoint, url: 'http://swift/$(project_id' },
    { ...endpoint, interface: 'secret' },
    { ...endpoint, enabled: 'True' },
  ]
  for (const one of refused) await send('post', 'endpoints', { endpoint: one }, 400)
  const id = await addEndpoint({ region: 'made-on-the-way' })
  await send('get', 'regions/made-on-the-way', undefined, 200)
  await send('delete', 'regions/made-on-the-way', undefined, 403)
  await send('delete', `endpoints/${id}`, undefined, 204)
  await send('delete', 'regions/made-on-the-way', undefined, 204)
})

test('regions lie within regions, and not within themselves', async () => {
  await send('put', 'regions/north', { region: { description: 'cold' } }, 201)
  await send('put', 'regions/north', { region: {} }, 409)
  await send('put', 'regions/other', { region: { id: 'another' } }, 400)
  const { region } = (await send('post', 'regions', { region: { parent_region_id: 'north' } }, 201)).body
  assert.match(region.id, /^[0-9a-f]{32}$/)
  const listed = (await send('get', 'regions?parent_region_id=north', undefined, 200)).body.regions
  assert.deepEqual(listed, [region])
  await send('patch', 'regions/north', { region: { parent_region_id: region.id } }, 400)
  await send('post', 'regions', { region: { parent_region_id: 'nowhere' } }, 404)
  await send('delete', 'regions/north', undefined, 403)
  await send('delete', `regions/${region.id}`, undefined, 204)
  await send('delete', 'regions/north', undefined, 204)
})

test('a project that was given endpoints, one by one or as a group, sees these and no others', async () => {
  const bea = await faces.addTenant('bea', 'member')
  const id = await addEndpoint()
  const [identity] = (await send('get', 'services?type=identity', undefined, 200)).body.services
  const place = `OS-EP-FILTER/projects/${bea.projectId}/endpoints`
  await send('head', `${place}/${id}`, undefined, 404)
  await send('put', `${place}/${id}`, undefined, 204)
  await send('put', `${place}/${id}`, undefined, 204)
  await send('head', `${place}/${id}`, undefined, 204)
  assert.deepEqual(typesOf(await catalogOf(bea)), ['object-store'])
  assert.equal((await catalogOf(ann)).length, 4)
  const filters = { service_id: identity.id, interface: 'public' }
  const made = (await send('post', 'OS-EP-FILTER/endpoint_groups', { endpoint_group: { name: 'g', filters } }, 201))
    .body
  const group = `OS-EP-FILTER/endpoint_groups/${made.endpoint_group.id}`
  assert.equal((await send('get', `${group}/endpoints`, undefined, 200)).body.endpoints.length, 1)
  await send('put', `${group}/projects/${bea.projectId}`, undefined, 204)
  assert.deepEqual(typesOf(await catalogOf(bea)), ['identity', 'object-store'])
  const seeing = (await send('get', `OS-EP-FILTER/endpoints/${id}/projects`, undefined, 200)).body.projects
  assert.deepEqual(
    seeing.map((project: { id: string }) => project.id),
    [bea.projectId],
  )
  await send('delete', `${place}/${id}`, undefined, 204)
  await send('delete', `${place}/${id}`, undefined, 404)
  await send('delete', group, undefined, 204)
  assert.equal((await catalogOf(bea)).length, 4)
  await send('delete', `endpoints/${id}`, undefined, 204)
})

test('a service goes with its endpoints', async () => {
  const { service } = (await send('post', 'services', { service: { type: 'dns' } }, 201)).body
  const id = await addEndpoint({ service_id: service.id })
  await send('delete', `services/${service.id}`, undefined, 204)
  await send('get', `endpoints/${id}`, undefined, 404)
  await send('delete', `services/${service.id}`, undefined, 404)
})
