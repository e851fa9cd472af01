import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageImports, type ImageImportsParts } from '../../src/images/image-imports.ts'
import { ImageService } from '../../src/images/image-service.ts'
import { addressRule } from '../../src/images/web-download/address-rules.ts'
import { importMethods } from '../../src/model/image-task.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { publicUrl, startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'
import { startWebServer, type WebServer } from '../support/web-server.ts'

let web: WebServer
let faces: FaceHarness
let download: ImageImportsParts['download']
let ann: Tenant
let bob: Tenant
let admin: Pick<Tenant, 'token'>

before(async () => {
  web = await startWebServer()
  download = { isAllowed: addressRule(['127.0.0.1']), ports: [web.port], maxMs: 60_000 }
  faces = await startFaces({}, download)
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'member')
  admin = { token: faces.adminToken }
})
after(async () => {
  web.stop()
  await faces.stop()
})

type Who = Pick<Tenant, 'token'>
const v2 = '/image/v2'
const call = (method: 'get' | 'post' | 'delete', path: string, who: Who = ann) =>
  supertest(faces.app)[method](`${v2}${path}`).set('x-auth-token', who.token)
const get = (path: string, who?: Who) => call('get', path, who)
const raw = { name: 'disk', disk_format: 'raw', container_format: 'bare' }
const create = async (body: object = raw): Promise<string> =>
  (await call('post', '/images').send(body).expect(201)).body.id
const stage = (id: string, data: Buffer, who: Who = ann) =>
  supertest(faces.app)
    .put(`${v2}/images/${id}/stage`)
    .set({ 'x-auth-token': who.token, 'content-type': 'application/octet-stream' })
    .send(data)
const importIt = (id: string, method: object, more: object = {}, who: Who = ann) =>
  call('post', `/images/${id}/import`, who).send({ method, ...more })
const direct = { name: 'glance-direct' }
const from = (path: string) => ({ name: 'web-download', uri: `${web.url}${path}` })

const statusOf = async (id: string): Promise<string> => (await get(`/images/${id}`).expect(200)).body.status
const becomes = (id: string, status: string) =>
  waitUntil(`${id} to be ${status}`, async () => ((await statusOf(id)) === status ? true : undefined))
const taskOf = async (id: string) => {
  const { tasks } = (await get(`/images/${id}/tasks`).expect(200)).body
  assert.equal(tasks.length, 1)
  return tasks[0]
}
/** @returns a path that answers with these bytes */
function serve(bytes: Buffer): string {
  const path = `/${randomBytes(6).toString('hex')}`
  web.answers.set(path, (_request, response) => response.end(bytes))
  return path
}
/** @returns a path that begins to answer, and what ends the answer */
function serveSlowly(bytes: Buffer): { path: string; finish: () => void } {
  const path = `/${randomBytes(6).toString('hex')}`
  const done = Promise.withResolvers<void>()
  web.answers.set(path, (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1))
    void done.promise.then(() => response.end(bytes.subarray(1)))
  })
  return { path, finish: done.resolve }
}
/** Another process over the same database and folder. */
async function anotherProcess(): Promise<ImageImports> {
  const { db } = faces
  const store = await openFilesystemStore({ folder: faces.imageFolder, reserveBytes: 0 })
  const images = new ImageService({ db, store, logger: silentLogger })
  const parts = { db, store, images, clock: systemClock, logger: silentLogger }
  return new ImageImports({ ...parts, methods: importMethods, download })
}

test('glance-direct: staged data is uploading and hidden, then active with all of it', async () => {
  const made = await call('post', '/images').send(raw).expect(201)
  assert.equal(made.headers['openstack-image-import-methods'], 'glance-direct,web-download')
  assert.equal(made.headers['openstack-image-store-ids'], 'file')
  assert.equal(made.body.stores, undefined)
  const { id } = made.body
  const data = randomBytes(2048)
  await stage(id, data).expect(204)
  const staged = (await get(`/images/${id}`)).body
  assert.deepEqual([staged.status, staged.size, staged.checksum], ['uploading', null, null])
  await get(`/images/${id}/file`).expect(204)
  await stage(id, data).expect(409)
  await importIt(id, from(serve(data))).expect(409)

  const imported = await importIt(id, direct, { all_stores: true }).expect(202)
  await becomes(id, 'active')
  const shown = (await get(`/images/${id}`)).body
  assert.equal(shown.size, 2048)
  assert.equal(shown.os_hash_value, createHash('sha512').update(data).digest('hex'))
  assert.equal(shown.stores, 'file')
  assert.deepEqual([shown.os_glance_importing_to_stores, shown.os_glance_failed_import], ['', ''])
  assert.equal(shown.os_glance_import_task, undefined)
  assert.deepEqual((await get(`/images/${id}/file`).expect(200)).body, data)
  const task = await taskOf(id)
  assert.equal(task.status, 'success')
  assert.equal(task.request_id, imported.headers['x-openstack-request-id'])
  assert.equal(task.user_id, ann.userId)
  assert.deepEqual(task.input, { image_id: id, import_req: { method: direct, all_stores: true }, backend: ['file'] })
  assert.deepEqual(task.result, { image_id: id })
  assert.ok(task.expires_at > task.updated_at)
  await importIt(id, direct).expect(409)
})

test('what staging refuses leaves the image queued', async () => {
  const id = await create({ ...raw, disk_format: 'qcow2' })
  const iso = Buffer.alloc(64 * 1024)
  iso.write('CD001', 32_769)
  const { body } = await stage(id, iso).expect(400)
  assert.match(body.message, /iso/)
  assert.equal(await statusOf(id), 'queued')
  await importIt(id, direct).expect(409)
  await stage(await create({ name: 'no formats' }), iso).expect(400)
})

test('web-download: importing while it comes, then active', async () => {
  const data = randomBytes(4096)
  const { path, finish } = serveSlowly(data)
  const id = await create()
  await importIt(id, from(path), { stores: ['file'] }).expect(202)
  const shown = (await get(`/images/${id}`)).body
  const { id: taskId } = await taskOf(id)
  assert.deepEqual([shown.status, shown.os_glance_importing_to_stores], ['importing', 'file'])
  assert.equal(shown.os_glance_import_task, taskId)
  await importIt(id, from(path)).expect(409)
  finish()
  await becomes(id, 'active')
  assert.equal((await get(`/images/${id}`)).body.size, 4096)
  assert.equal((await taskOf(id)).status, 'success')
  assert.ok(!faces.logged().includes(path), 'addresses may hold secrets')
})

test('one project does not hold all the places: another’s download goes on beside it', async () => {
  const slow = [1, 2, 3].map(() => serveSlowly(randomBytes(512)))
  const greedy = await Promise.all(slow.map(() => create()))
  for (const [i, id] of greedy.entries()) await importIt(id, from(slow[i]?.path ?? '')).expect(202)
  await waitUntil('two to be asked for', () =>
    slow.filter(({ path }) => web.asked.includes(path)).length === 2 ? true : undefined,
  )
  const modest = (await call('post', '/images', bob).send(raw).expect(201)).body.id as string
  await importIt(modest, from(serve(randomBytes(512))), {}, bob).expect(202)
  await waitUntil('the other project’s', async () =>
    (await get(`/images/${modest}`, bob)).body.status === 'active' ? true : undefined,
  )
  assert.equal(slow.filter(({ path }) => web.asked.includes(path)).length, 2, 'the third waits')
  for (const { finish } of slow) finish()
  await Promise.all(greedy.map((id) => becomes(id, 'active')))
})

test('a web-download that fails leaves the image queued, with the reason, and it can be tried again', async () => {
  const id = await create()
  await importIt(id, from('/nothing-here')).expect(202)
  await becomes(id, 'queued')
  const { status, message, result } = await taskOf(id)
  assert.deepEqual([status, result], ['failure', null])
  assert.match(message, /its server answered 404/)
  const shown = (await get(`/images/${id}`)).body
  assert.equal(shown.os_glance_failed_import, 'file')
  assert.equal(shown.polyvisor_upload_error, message)
  await importIt(id, from(serve(randomBytes(512)))).expect(202)
  await becomes(id, 'active')
})

test('where web-download must not lead is refused at once when the URI says it, else by the task', async () => {
  const id = await create()
  const bad = [
    'file:///etc/passwd',
    'http://10.0.0.1/',
    `http://ann:secret@127.0.0.1:${web.port}/`,
    'http://169.254.169.254/latest/meta-data/',
    `http://127.0.0.1:${web.port + 1}/`,
    `http://[::1]:${web.port}/`,
    'nonsense',
  ]
  for (const uri of bad) {
    const { body } = await importIt(id, { name: 'web-download', uri }).expect(400)
    assert.match(body.message, /does not pass filtering/, uri)
    assert.ok(!body.message.includes('secret'))
  }
  assert.equal(await statusOf(id), 'queued')
  const sent = `/${randomBytes(6).toString('hex')}`
  web.answers.set(sent, (_request, response) =>
    response.writeHead(302, { location: `http://10.0.0.1:${web.port}/` }).end(),
  )
  await importIt(id, from(sent)).expect(202)
  await becomes(id, 'queued')
  assert.match((await taskOf(id)).message, /not public/)
})

test('wrong requests', async () => {
  const id = await create()
  const path = serve(randomBytes(512))
  await importIt(id, { name: 'web-download' }).expect(400)
  await importIt(id, { name: 'copy-image' }).expect(400)
  await importIt(id, from(path), { stores: ['file'], all_stores: true }).expect(400)
  await importIt(id, from(path), { stores: ['elsewhere'] }).expect(409)
  await importIt(await create({ name: 'no formats' }), from(path)).expect(409)
  await importIt(id, from(path), {}, bob).expect(404)
  await get(`/images/${id}/tasks`, bob).expect(404)
  assert.equal(await statusOf(id), 'queued')
})

test('a public image’s tasks are its owner’s alone', async () => {
  const id = await create()
  const change = [{ op: 'replace', path: '/visibility', value: 'community' }]
  const type = 'application/openstack-images-v2.1-json-patch'
  await supertest(faces.app)
    .patch(`${v2}/images/${id}`)
    .set({ 'x-auth-token': ann.token, 'content-type': type })
    .send(JSON.stringify(change))
    .expect(200)
  await get(`/images/${id}/tasks`, bob).expect(403)
})

test('an import of a process that stops is given back, and done by the next', async () => {
  const first = await anotherProcess()
  const { path, finish } = serveSlowly(randomBytes(512))
  const id = await create()
  const caller = { projectId: ann.projectId, isAdmin: false, userId: ann.userId as never, requestId: 'req-1' }
  const input = { image_id: id, import_req: { method: from(path) } }
  const source = { method: 'web-download', uri: from(path).uri } as const
  await first.begin(id, { source, type: 'api_image_import', input }, caller)
  await waitUntil('it to ask', () => (web.asked.includes(path) ? true : undefined))
  await first.stop()
  assert.equal(await statusOf(id), 'importing')
  assert.equal((await taskOf(id)).status, 'pending')
  finish()
  const second = await anotherProcess()
  await second.resume(false)
  await becomes(id, 'active')
  assert.equal((await taskOf(id)).status, 'success')
  await second.stop()
})

test('an import of a process that died is resumed when it is silent, and given up after some times', async () => {
  const id = await create()
  const { path } = serveSlowly(randomBytes(512))
  await importIt(id, from(path)).expect(202)
  await waitUntil('it to ask', () => (web.asked.includes(path) ? true : undefined))
  const other = await anotherProcess()
  await other.resume(false)
  assert.equal((await taskOf(id)).status, 'processing', 'whoever does it is alive')
  const { id: taskId } = await taskOf(id)
  await faces.db('image_tasks').where({ id: taskId }).update({ attempts: 3 })
  await faces.db('images').where({ id }).update({ upload_seen_at: 1 })
  await other.resume(false)
  await becomes(id, 'queued')
  const { status, message } = await taskOf(id)
  assert.equal(status, 'failure')
  assert.match(message, /stopped 3 times/)
  await other.stop()
})

test('staged data that a restored backup lacks is not imported', async () => {
  const id = await create()
  await stage(id, randomBytes(512)).expect(204)
  const store = await openFilesystemStore({ folder: faces.imageFolder, reserveBytes: 0 })
  await store.remove(id as never)
  await importIt(id, direct).expect(202)
  await becomes(id, 'queued')
  assert.match((await taskOf(id)).message, /not there any more/)
})

test('a deleted image takes its import along; admins see how its task ended', async () => {
  const id = await create()
  const { path } = serveSlowly(randomBytes(512))
  await importIt(id, from(path)).expect(202)
  const { id: taskId } = await taskOf(id)
  await call('delete', `/images/${id}`).expect(204)
  const { body } = await get(`/tasks/${taskId}`, admin).expect(200)
  assert.deepEqual([body.status, body.message], ['failure', 'The image was deleted meanwhile.'])
  await get(`/tasks/${taskId}`).expect(403)
})

test('staged data goes with its image', async () => {
  const id = await create()
  await stage(id, randomBytes(512)).expect(204)
  await call('delete', `/images/${id}`).expect(204)
  const store = await openFilesystemStore({ folder: faces.imageFolder, reserveBytes: 0 })
  assert.equal(await store.sizeOf(id as never), undefined)
})

test('tasks for admins: pages, filters, and images made by a task', async () => {
  const body = { type: 'import', input: { import_from: `${web.url}${serve(randomBytes(512))}`, image_properties: raw } }
  await call('post', '/tasks').send(body).expect(403)
  const made = await call('post', '/tasks', admin).send(body).expect(201)
  assert.equal(made.headers['location'], `${publicUrl}${v2}/tasks/${made.body.id}`)
  assert.deepEqual(made.body.input, body.input)
  const done = await waitUntil('the task to end', async () => {
    const task = (await get(`/tasks/${made.body.id}`, admin)).body
    return task.status === 'success' ? task : undefined
  })
  assert.equal((await get(`/images/${done.result.image_id}`, admin)).body.status, 'active')
  const imports = (await get('/tasks?type=import&status=success', admin).expect(200)).body
  assert.deepEqual(
    imports.tasks.map((task: { id: string }) => task.id),
    [made.body.id],
  )
  assert.equal(imports.tasks[0].input, undefined)
  const first = (await get('/tasks?limit=2', admin)).body
  assert.equal(first.tasks.length, 2)
  const second = (await supertest(faces.app).get(`/image${first.next}`).set('x-auth-token', admin.token)).body
  assert.ok(
    !second.tasks.some((task: { id: string }) => first.tasks.some((before: { id: string }) => before.id === task.id)),
  )
  await get('/tasks?marker=nobody', admin).expect(400)
  await get('/tasks/nobody', admin).expect(404)
  const refused = { ...body, input: { ...body.input, import_from: 'http://10.0.0.1/' } }
  const before = (await get('/images?limit=1000', admin)).body.images.length
  await call('post', '/tasks', admin).send(refused).expect(400)
  assert.equal((await get('/images?limit=1000', admin)).body.images.length, before)
})

test('tasks are forgotten two days after their end', async () => {
  const id = await create()
  await stage(id, randomBytes(512)).expect(204)
  await importIt(id, direct).expect(202)
  await becomes(id, 'active')
  await faces.db('image_tasks').where({ image_id: id }).update({ expires_at: 1 })
  await (await anotherProcess()).resume(false)
  assert.deepEqual((await get(`/images/${id}/tasks`)).body.tasks, [])
})

test('what there is to import with, and where images are kept', async () => {
  assert.deepEqual((await get('/info/import')).body['import-methods'].value, ['glance-direct', 'web-download'])
  assert.deepEqual((await get('/info/stores')).body.stores, [
    { id: 'file', description: 'Files of the service', default: 'true' },
  ])
  await get('/info/stores/detail').expect(403)
  assert.equal((await get('/info/stores/detail', admin).expect(200)).body.stores[0].type, 'file')
  for (const name of ['task', 'tasks']) assert.equal((await get(`/schemas/${name}`)).body.name, name)
})

test('staging that a crash cut is queued again; staged data waits as long as it takes', async () => {
  const [cut, whole] = [await create(), await create()]
  await stage(whole, randomBytes(512)).expect(204)
  const crashed = { status: 'uploading', upload_id: 'a', upload_seen_at: 1 }
  await faces.db('images').where({ id: cut }).update(crashed)
  await faces.db('images').where({ id: whole }).update({ upload_seen_at: 1 })
  await faces.services.images.sweep(true)
  assert.deepEqual([await statusOf(cut), await statusOf(whole)], ['queued', 'uploading'])
  await importIt(whole, direct).expect(202)
  await becomes(whole, 'active')
  assert.equal((await get(`/images/${whole}/file`).expect(200)).body.length, 512)
})
