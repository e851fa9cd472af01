/** Sharing of images and their deactivation, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness } from '../support/face-harness.ts'

type Tenant = Awaited<ReturnType<FaceHarness['addTenant']>>

const v2 = '/image/v2/images'
let faces: FaceHarness
let ann: Tenant
let bob: Tenant
let eve: Tenant
before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'member')
  eve = await faces.addTenant('eve', 'member')
})
after(() => faces.stop())

function send(
  who: { readonly token: string },
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  body?: object,
) {
  const request = supertest(faces.app)[method](path).set('x-auth-token', who.token)
  return body === undefined ? request : request.send(body)
}

async function makeImage(visibility = 'shared'): Promise<string> {
  const body = { name: 'disk', visibility, disk_format: 'raw', container_format: 'bare' }
  const { body: image } = await send(ann, 'post', v2, body).expect(201)
  await send(ann, 'put', `${v2}/${image.id}/file`)
    .set('content-type', 'application/octet-stream')
    .send(Buffer.alloc(512, 1))
    .expect(204)
  return image.id
}

async function listed(who: Tenant, query = ''): Promise<readonly string[]> {
  const { body } = await send(who, 'get', `${v2}${query}`).expect(200)
  return body.images.map(({ id }: { id: string }) => id)
}

test('a member sees the image by its id at once, and in lists once it accepted', async () => {
  const id = await makeImage()
  await send(bob, 'get', `${v2}/${id}`).expect(404)
  const { body: added } = await send(ann, 'post', `${v2}/${id}/members`, { member: bob.projectId }).expect(200)
  assert.equal(added.status, 'pending')
  assert.equal(added.member_id, bob.projectId)
  assert.equal(added.schema, '/v2/schemas/member')
  await send(bob, 'get', `${v2}/${id}`).expect(200)
  await send(eve, 'get', `${v2}/${id}`).expect(404)
  assert.ok(!(await listed(bob)).includes(id))
  assert.deepEqual(await listed(bob, '?member_status=pending&visibility=shared'), [id])
  const { body: accepted } = await send(bob, 'put', `${v2}/${id}/members/${bob.projectId}`, {
    status: 'accepted',
    member: bob.projectId,
  }).expect(200)
  assert.equal(accepted.status, 'accepted')
  assert.deepEqual(await listed(bob), [id])
  assert.equal((await send(bob, 'get', `${v2}/${id}/file`).buffer(true)).status, 200)
  await send(bob, 'put', `${v2}/${id}/members/${bob.projectId}`, { status: 'rejected' }).expect(200)
  assert.deepEqual(await listed(bob), [])
  assert.deepEqual(await listed(bob, '?member_status=all'), [id])
  await send(ann, 'delete', `${v2}/${id}/members/${bob.projectId}`).expect(204)
  await send(bob, 'get', `${v2}/${id}`).expect(404)
  await send(ann, 'delete', `${v2}/${id}/members/${bob.projectId}`).expect(404)
})

test('who may say what: the owner names members, the member answers for itself, strangers know nothing', async () => {
  const id = await makeImage()
  const members = `${v2}/${id}/members`
  await send(eve, 'post', members, { member: eve.projectId }).expect(404)
  await send(ann, 'post', members, { member: bob.projectId }).expect(200)
  await send(ann, 'post', members, { member: bob.projectId }).expect(409)
  await send(ann, 'post', members, { member: eve.projectId }).expect(200)
  await send(bob, 'post', members, { member: bob.projectId }).expect(403)
  await send(ann, 'put', `${members}/${bob.projectId}`, { status: 'accepted' }).expect(403)
  await send(bob, 'put', `${members}/${eve.projectId}`, { status: 'accepted' }).expect(404)
  await send(bob, 'put', `${members}/${bob.projectId}`, { status: 'maybe' }).expect(400)
  await send(bob, 'delete', `${members}/${bob.projectId}`).expect(403)
  const ids = async (who: Tenant): Promise<readonly string[]> =>
    (await send(who, 'get', members).expect(200)).body.members.map(({ member_id: one }: { member_id: string }) => one)
  assert.deepEqual(new Set(await ids(ann)), new Set([bob.projectId, eve.projectId]))
  assert.deepEqual(await ids(bob), [bob.projectId])
  await send(bob, 'get', `${members}/${eve.projectId}`).expect(404)
  await send(bob, 'get', `${members}/${bob.projectId}`).expect(200)
  await send(bob, 'patch', `${v2}/${id}`)
    .set('content-type', 'application/openstack-images-v2.1-json-patch')
    .send(JSON.stringify([{ op: 'replace', path: '/name', value: 'mine' }]))
    .expect(403)
  await send(bob, 'delete', `${v2}/${id}`).expect(403)
  await send(ann, 'delete', `${v2}/${id}`).expect(204)
  assert.deepEqual(await faces.db('image_members').where({ image_id: id }), [], 'they go with their image')
})

test('only a shared image has members; one that is shared no more shows itself to none', async () => {
  const own = await makeImage('private')
  await send(ann, 'post', `${v2}/${own}/members`, { member: bob.projectId }).expect(403)
  const id = await makeImage()
  await send(ann, 'post', `${v2}/${id}/members`, { member: bob.projectId }).expect(200)
  await send(ann, 'patch', `${v2}/${id}`)
    .set('content-type', 'application/openstack-images-v2.1-json-patch')
    .send(JSON.stringify([{ op: 'replace', path: '/visibility', value: 'private' }]))
    .expect(200)
  await send(bob, 'get', `${v2}/${id}`).expect(404)
})

test('there is room for 128 members, however many are added at once', async () => {
  const id = await makeImage()
  const add = (index: number) => send(ann, 'post', `${v2}/${id}/members`, { member: `project-${index}` })
  for (let index = 0; index < 126; index += 1) await add(index).expect(200)
  const statuses = await Promise.all(Array.from({ length: 5 }, async (_, index) => (await add(200 + index)).status))
  assert.deepEqual(statuses.toSorted(), [200, 200, 413, 413, 413])
})

test('a deactivated image keeps its bytes from all but admins, until it is reactivated', async () => {
  const id = await makeImage()
  const act = (who: { token: string }, action: string) => send(who, 'post', `${v2}/${id}/actions/${action}`)
  await act(bob, 'deactivate').expect(404)
  await act(ann, 'deactivate').expect(204)
  await act(ann, 'deactivate').expect(204)
  assert.equal((await send(ann, 'get', `${v2}/${id}`).expect(200)).body.status, 'deactivated')
  await send(ann, 'get', `${v2}/${id}/file`).expect(403)
  await send({ token: faces.adminToken }, 'get', `${v2}/${id}/file`).expect(200)
  await assert.rejects(faces.services.images.getForBoot(id, ann.projectId as never), /not active/)
  await faces.services.images.sweep(true)
  await act(ann, 'reactivate').expect(204)
  await send(ann, 'get', `${v2}/${id}/file`).expect(200)
  const { body: queued } = await send(ann, 'post', v2, { name: 'empty' }).expect(201)
  await send(ann, 'post', `${v2}/${queued.id}/actions/deactivate`).expect(403)
})
