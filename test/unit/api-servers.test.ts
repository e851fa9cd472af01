import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { imageId, nowMs, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
const root = '/compute/v2.1/servers'
const base = { name: 'web', imageRef: imageId, flavorRef: '1' }

beforeEach(async () => {
  api = await startApiFixture()
  await api.send('admin', 'post', '/compute/v2.1/flavors', {
    body: { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
})
afterEach(async () => {
  await api.close()
  assert.deepEqual(api.violations, [])
})

const create = (server: object, microversion = '2.1') =>
  api.send('member', 'post', root, { body: { server }, microversion })
const list = (query: string, bearer: Bearer = 'member', microversion = '2.1') =>
  api.send(bearer, 'get', `${root}?${query}`, { microversion })
const names = async (query: string, bearer: Bearer = 'member', microversion = '2.1'): Promise<string[]> => {
  const answer = await list(query, bearer, microversion)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.servers.map((server: { name: string }) => server.name)
}

test('create answers 202 with a link, and hands over what was asked', async () => {
  const user_data = Buffer.from('#!/bin/sh').toString('base64')
  const server = {
    ...base,
    networks: 'none',
    tags: ['x'],
    description: 'd',
    hostname: 'box',
    min_count: 2,
    max_count: '3',
    user_data,
  }
  const answer = await create(
    { ...server, config_drive: 'true', metadata: { k: 'v' }, 'OS-DCF:diskConfig': 'AUTO' },
    '2.93',
  )
  assert.equal(answer.status, 202, answer.text)
  const { id, links, adminPass } = answer.body.server
  assert.equal(answer.headers['location'], links[0].href)
  assert.equal(links[0].href, `https://cloud.example.org:8774${root}/${id}`)
  assert.ok(adminPass.length >= 12)
  const [kind, wanted, context] = api.asked[0] as unknown as [string, Record<string, unknown>, Record<string, unknown>]
  assert.equal(kind, 'create')
  assert.equal(context['projectId'], projects.own)
  const { flavor: _flavor, image: _image, ...rest } = wanted
  assert.deepEqual(rest, {
    name: 'web',
    description: 'd',
    count: { min: 2, max: 3 },
    metadata: { k: 'v' },
    attributes: { tags: ['x'], hostname: 'box', diskConfig: 'AUTO' },
    userData: user_data,
    configDrive: true,
    nics: [],
    adminPass,
    hints: {},
  })
})

test('networks: optional up to 2.36, required from 2.37 on', async () => {
  assert.equal((await create(base, '2.36')).status, 202)
  assert.match((await create(base, '2.37')).body.badRequest.message, /server: 'networks' is a required property/)
  assert.equal((await create({ ...base, networks: 'auto' }, '2.36')).status, 400)
  assert.equal((await create({ ...base, networks: 'auto' }, '2.37')).status, 202)
  assert.equal((await create({ ...base, networks: 'some' }, '2.37')).status, 400)
  const byUuid = await create({ ...base, networks: [{ uuid: imageId }] })
  assert.equal(byUuid.status, 400)
  assert.match(byUuid.body.badRequest.message, /ask for one that is listed/)
})

const mistakes = [
  [{ name: 'x' }, /'flavorRef' is a required property/],
  [{ ...base, flavorRef: 'none' }, /Flavor none could not be found/],
  [{ ...base, imageRef: 'a'.repeat(36) }, /Image a+ could not be found/],
  [{ ...base, imageRef: '' }, /Invalid imageRef provided/],
  [{ ...base, key_name: 'k' }, /Invalid key_name provided/],
  [{ ...base, min_count: 3, max_count: 2 }, /min_count must be less than or equal to max_count/],
  [{ ...base, max_count: 101 }, /100 servers at most/],
  [{ ...base, min_count: 0 }, /server.min_count/],
  [{ ...base, availability_zone: 'mars' }, /availability zone is not available/],
  [{ ...base, user_data: 'abc' }, /Base64/],
  [{ ...base, metadata: { k: 5 } }, /server.metadata.k/],
  [{ ...base, description: 'd' }, /'description' was unexpected/],
  [{ ...base, config_drive: 'maybe' }, /server.config_drive/],
] as const

for (const [server, text] of mistakes) {
  test(`create ${JSON.stringify(server).slice(0, 90)} is 400`, async () => {
    const answer = await create(server)
    assert.equal(answer.status, 400, answer.text)
    assert.match(answer.body.badRequest.message, text)
    assert.deepEqual(api.asked, [])
  })
}

test('what is not built yet is refused by name', async () => {
  const answer = await create({ ...base, block_device_mapping_v2: [{ boot_index: 0 }] })
  assert.equal(answer.status, 501)
  assert.match(answer.body.notImplemented.message, /block_device_mapping_v2: it is not built yet/)
})

test("another project's server does not exist, except for admins", async () => {
  const { id } = await api.addInstance({ projectId: projects.other })
  const requests = [
    ['get', `${root}/${id}`, undefined],
    ['delete', `${root}/${id}`, undefined],
    ['put', `${root}/${id}`, { server: { name: 'mine' } }],
    ['post', `${root}/${id}/action`, { 'os-stop': null }],
    ['post', `${root}/${id}/action`, { 'os-getConsoleOutput': {} }],
  ] as const
  for (const [method, path, body] of requests) {
    const answer = await api.send('member', method, path, body === undefined ? {} : { body })
    assert.equal(answer.status, 404)
    assert.equal(answer.body.itemNotFound.message, `Instance ${id} could not be found.`)
  }
  assert.deepEqual(api.asked, [])
  assert.equal((await api.send('admin', 'get', `${root}/${id}`)).status, 200)
})

test('actions reach the service; readers may not act', async () => {
  const { id } = await api.addInstance()
  const act = (bearer: Bearer, body: object) => api.send(bearer, 'post', `${root}/${id}/action`, { body })
  const bodies = [{ 'os-start': null }, { 'os-stop': null }, { reboot: { type: 'SOFT' } }, { reboot: { type: 'hard' } }]
  for (const body of bodies) {
    assert.equal((await act('reader', body)).status, 403)
    const answer = await act('member', body)
    assert.equal(answer.status, 202)
    assert.equal(answer.text, '')
  }
  assert.equal((await act('member', { reboot: {} })).status, 400)
  const deleted = await api.send('member', 'delete', `${root}/${id}`)
  assert.equal(deleted.status, 204)
  assert.equal(deleted.headers['content-length'], undefined)
  assert.deepEqual(
    api.asked,
    ['start', 'stop', 'reboot-soft', 'reboot-hard', 'delete'].map((action) => [action, id]),
  )
})

test('console output: all, or the last lines, without control characters', async () => {
  const hostId = await api.addHost('node-1')
  const { id } = await api.addInstance({ hostId })
  const output = async (parameters: object, server: string = id) =>
    api.send('member', 'post', `${root}/${server}/action`, { body: { 'os-getConsoleOutput': parameters } })
  assert.equal((await output({})).body.output, 'one\ntwo[0m\nthree\n')
  assert.equal((await output({ length: null })).body.output, 'one\ntwo[0m\nthree\n')
  assert.equal((await output({ length: 1 })).body.output, '')
  assert.equal((await output({ length: '2' })).body.output, 'three\n')
  assert.equal((await output({ length: -2 })).status, 400)
  const homeless = await api.addInstance({ vmState: 'building' })
  assert.equal((await output({}, homeless.id)).status, 409)
})

test('a deleted server is gone, except for lists that ask for changes', async () => {
  const old = await api.addInstance({ name: 'old', updatedAtMs: nowMs - 60_000 })
  await api.addInstance({ name: 'gone', vmState: 'deleted', deletedAtMs: nowMs, updatedAtMs: nowMs })
  assert.deepEqual(await names(''), ['old'])
  assert.deepEqual(await names('changes-since=2026-01-31T12:00:00Z'), ['gone'])
  assert.deepEqual(await names('changes-since=2026-01-31T13:00:00%2B01:00'), ['gone'])
  assert.deepEqual(await names('changes-since=2030-01-01T00:00:00'), [])
  assert.deepEqual((await names('changes-since=2026-01-01')).sort(), ['gone', 'old'])
  assert.deepEqual(await names('changes-since=2026-01-01&changes-before=2026-01-31T11:59:30Z', 'member', '2.66'), [
    'old',
  ])
  for (const bad of ['changes-since=2026-13-45', 'changes-since=soon']) assert.equal((await list(bad)).status, 400)
  assert.equal((await list('status=deleted')).status, 403)
  assert.deepEqual(await names('status=DELETED&all_tenants=1', 'admin'), ['gone'])
  assert.deepEqual(await names('deleted=True&all_tenants=1', 'admin'), ['gone'])
  assert.deepEqual(await names('deleted=True'), ['old'])
  assert.equal((await api.send('member', 'get', `${root}/${old.id}`)).status, 200)
})

test('filters', async () => {
  const hostId = await api.addHost('node-1')
  await api.addInstance({ name: 'web-1', hostId, attributes: { tags: ['a', 'b'] } }, 'on')
  await api.addInstance({ name: 'web-2', vmState: 'active', taskState: 'rebooting', attributes: { tags: ['a'] } })
  await api.addInstance({ name: 'db', vmState: 'stopped', imageId: null, keyName: 'k', configDrive: true })
  await api.addInstance({ name: 'theirs', projectId: projects.other })
  const sorted = async (...query: Parameters<typeof names>) => (await names(...query)).sort()
  assert.deepEqual(await sorted('name=web'), ['web-1', 'web-2'])
  assert.deepEqual(await sorted('name=%5Eweb-%5B0-9%5D%2B%24'), ['web-1', 'web-2'])
  assert.equal((await list('name=(?=x)')).status, 400)
  assert.equal((await list('name=%5B')).status, 400)
  assert.deepEqual(await sorted('status=ACTIVE'), ['web-1'])
  assert.deepEqual(await sorted('status=active&status=SHUTOFF'), ['db', 'web-1'])
  assert.deepEqual(await sorted('status=REBOOT'), ['web-2'])
  assert.deepEqual(await sorted('status=DANCING'), [])
  assert.deepEqual(await sorted('flavor=1'), ['db', 'web-1', 'web-2'])
  assert.deepEqual(await sorted('flavor=2'), [])
  assert.deepEqual(await sorted(`image=${imageId}`), ['web-1', 'web-2'])
  assert.deepEqual(await sorted('tags=a,b', 'member', '2.26'), ['web-1'])
  assert.deepEqual(await sorted('not-tags-any=b', 'member', '2.26'), ['db', 'web-2'])
  assert.deepEqual(await sorted('ip=10.0'), [])
  // Admins' filters: dropped for members.
  assert.deepEqual(await sorted('host=node-1'), ['db', 'web-1', 'web-2'])
  assert.deepEqual(await sorted('host=node-1&all_tenants=1', 'admin'), ['web-1'])
  assert.deepEqual(await sorted('power_state=1&all_tenants=', 'admin'), ['web-1'])
  assert.deepEqual(await sorted('vm_state=stopped', 'member', '2.82'), ['db', 'web-1', 'web-2'])
  assert.deepEqual(await sorted('vm_state=stopped', 'member', '2.83'), ['db'])
  assert.deepEqual(await sorted('config_drive=True&key_name=k', 'member', '2.83'), ['db'])
  assert.deepEqual(await sorted('availability_zone=nova', 'member', '2.83'), ['web-1'])
  assert.deepEqual(await sorted('all_tenants=1', 'admin'), ['db', 'theirs', 'web-1', 'web-2'])
  assert.deepEqual(await sorted(`all_tenants=1&project_id=${projects.other}`, 'admin'), ['theirs'])
  assert.deepEqual(await sorted('', 'admin'), [])
  assert.equal((await list('all_tenants=1')).status, 403)
  assert.deepEqual(await sorted('all_tenants=0'), ['db', 'web-1', 'web-2'])
  assert.equal((await list('all_tenants=perhaps')).status, 400)
  assert.equal((await list('kernel_id=x', 'admin')).status, 501)
})

test('unknown query keys are ignored before 2.75 and refused from it on', async () => {
  assert.deepEqual(await names('colour=red', 'member', '2.74'), [])
  assert.equal((await list('colour=red', 'member', '2.75')).status, 400)
  assert.equal((await list('hostname=x', 'member', '2.75')).status, 200)
})

test('pages: every server once, in order, and a next link only when there is more', async () => {
  for (let index = 0; index < 7; index += 1) {
    await api.addInstance({
      name: `s${index}`,
      createdAtMs: nowMs + Math.floor(index / 2),
      launchedAtMs: index % 3 === 0 ? null : nowMs + index,
    })
  }
  for (const sort of [
    '',
    '&sort_key=launched_at&sort_dir=asc',
    '&sort_key=display_name',
    '&name=s',
    '&sort_key=locked',
  ]) {
    const seen: string[] = []
    let path: string | undefined = `${root}/detail?limit=3${sort}`
    while (path !== undefined) {
      const answer = await api.send('member', 'get', path, { microversion: '2.73' })
      assert.equal(answer.status, 200, answer.text)
      seen.push(...answer.body.servers.map((server: { name: string }) => server.name))
      const next: string | undefined = answer.body.servers_links?.[0].href
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search
    }
    assert.equal(seen.length, 7, sort)
    assert.equal(new Set(seen).size, 7, sort)
  }
  assert.deepEqual(await names('sort_key=display_name&sort_dir=asc&limit=2'), ['s0', 's1'])
  assert.equal('servers_links' in (await list('limit=7')).body, false)
  assert.equal((await list('limit=0')).body.servers.length, 0)
  for (const bad of ['limit=-1', 'limit=x', `marker=${imageId}`, 'sort_key=colour', 'sort_dir=up']) {
    assert.equal((await list(bad)).status, 400, bad)
  }
})

test("a marker of another project's is unknown", async () => {
  const { id } = await api.addInstance({ projectId: projects.other })
  assert.equal((await list(`marker=${id}`)).status, 400)
})
