// One database is enough: the face is asked, what it says is checked against the contract.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { InstanceId, OperationId, ProjectId, UserId } from '../../src/model/ids.ts'
import { insertServerMigration } from '../../src/store/server-migrations.ts'
import { startApiFixture, type Bearer } from '../support/api-fixture.ts'

test('migrate is an admin’s, to any host or from 2.56 on to one by name', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance()
  const act = (body: object, version = '2.1', bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `/compute/v2.1/servers/${id}/action`, { body, microversion: version })
  await act({ migrate: null }).expect(202)
  await act({ migrate: {} }).expect(202)
  await act({ migrate: { host: 'h2' } }, '2.55').expect(400)
  await act({ migrate: { host: 'h2' } }, '2.56').expect(202)
  await act({ migrate: { host: null } }, '2.56').expect(202)
  await act({ migrate: { host: 'h2', force: true } }, '2.56').expect(400)
  await act({ migrate: null }, '2.1', 'member').expect(403)
  assert.deepEqual(
    api.asked.map(([action, , wanted]) => [action, wanted]),
    [
      ['migrate', { host: undefined }],
      ['migrate', { host: undefined }],
      ['migrate', { host: 'h2' }],
      ['migrate', { host: undefined }],
    ],
  )
  for (const taskState of ['resize_migrating', 'resize_finish'] as const) {
    const moving = await api.addInstance({ vmState: 'stopped', taskState })
    const { body } = await api.send('admin', 'get', `/compute/v2.1/servers/${moving.id}`)
    assert.equal(body.server.status, 'RESIZE')
  }
  assert.deepEqual(api.violations, [])
  await api.close()
})

test('migrations: shapes by microversion, filters, pages', async () => {
  const api = await startApiFixture()
  const ids = [(await api.addInstance()).id, (await api.addInstance()).id]
  for (const [index, type] of (['migration', 'live-migration', 'resize'] as const).entries()) {
    const migration = {
      uuid: randomUUID(),
      instanceId: ids[index % 2] as InstanceId,
      projectId: `p${index}` as ProjectId,
      userId: `u${index}` as UserId,
      operationId: randomUUID() as OperationId,
      type,
      status: type === 'live-migration' ? 'running' : 'finished',
      sourceHost: 'h1',
      destHost: index === 0 ? null : `h${index + 1}`,
      oldFlavorId: '1',
      newFlavorId: type === 'resize' ? 'large' : '1',
    } as const
    await insertServerMigration(api.db, migration, Date.parse(`2026-11-0${index + 1}T00:00:00Z`))
  }
  const list = async (query = '', microversion = '2.80') =>
    (await api.send('admin', 'get', `/compute/v2.1/os-migrations${query}`, { microversion }).expect(200)).body
  const types = async (query: string, microversion?: string): Promise<unknown> =>
    (await list(query, microversion)).migrations.map((one: { migration_type?: string }) => one.migration_type)

  const [first] = (await list('', '2.1')).migrations
  assert.deepEqual(
    { ...first, id: 0, instance_uuid: '' },
    {
      id: 0,
      status: 'finished',
      instance_uuid: '',
      source_node: 'h1',
      source_compute: 'h1',
      dest_node: 'h3',
      dest_compute: 'h3',
      dest_host: null,
      old_instance_type_id: 1,
      new_instance_type_id: null,
      created_at: '2026-11-03T00:00:00.000000',
      updated_at: '2026-11-03T00:00:00.000000',
    },
  )
  const keys = async (microversion: string) => Object.keys((await list('', microversion)).migrations[1]).slice(12)
  assert.deepEqual(await keys('2.23'), ['migration_type', 'links'])
  assert.deepEqual(await keys('2.59'), ['migration_type', 'links', 'uuid'])
  assert.deepEqual(await keys('2.80'), ['migration_type', 'links', 'uuid', 'user_id', 'project_id'])

  assert.deepEqual(await types(''), ['resize', 'live-migration', 'migration'])
  assert.deepEqual(await types('?migration_type=resize'), ['resize'])
  assert.deepEqual(await types('?status=running'), ['live-migration'])
  assert.deepEqual(await types('?host=h3'), ['resize'])
  assert.deepEqual(await types('?source_compute=h3'), [])
  assert.deepEqual(await types(`?instance_uuid=${ids[0]}`), ['resize', 'migration'])
  assert.deepEqual(await types('?user_id=u1&project_id=p1'), ['live-migration'])
  assert.deepEqual(await types('?changes-since=2026-11-02T00:00:00Z&changes-before=2026-11-02T12:00:00Z'), [
    'live-migration',
  ])
  assert.deepEqual(await types('?limit=1&project_id=p1', '2.58'), ['resize', 'live-migration', 'migration'])

  const page = await list('?limit=2')
  assert.equal(page.migrations.length, 2)
  const next = new URL(page.migrations_links[0].href)
  assert.equal(next.searchParams.get('marker'), page.migrations[1].uuid)
  const rest = await list(next.search)
  assert.deepEqual([rest.migrations.length, rest.migrations_links], [1, undefined])

  const refused = (query: string, microversion: string, status: number, bearer: Bearer = 'admin') =>
    api.send(bearer, 'get', `/compute/v2.1/os-migrations${query}`, { microversion }).expect(status)
  await refused(`?marker=${randomUUID()}`, '2.59', 400)
  await refused('?changes-before=2026-11-02T00:00:00Z', '2.65', 400)
  await refused('?user_id=u1', '2.79', 400)
  await refused('?unknown=1', '2.59', 400)
  await refused('?unknown=1', '2.58', 200)
  await refused('', '2.80', 403, 'member')
  assert.deepEqual(api.violations, [])
  await api.close()
})

test('evacuate answers a password up to 2.13; force only with a host, and only from 2.29 to 2.67', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance()
  const act = (evacuate: object, microversion: string, bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `/compute/v2.1/servers/${id}/action`, { body: { evacuate }, microversion })
  const { body } = await act({ onSharedStorage: 'False', host: 'h2' }, '2.1').expect(200)
  assert.ok(body.adminPass.length >= 12)
  const told = await act({ onSharedStorage: false, adminPass: 'secret' }, '2.13').expect(200)
  assert.deepEqual(told.body, { adminPass: 'secret' })
  assert.equal((await act({ adminPass: 'secret' }, '2.14').expect(200)).text, '')
  await act({}, '2.13').expect(400)
  await act({ onSharedStorage: 'perhaps' }, '2.1').expect(400)
  await act({ onSharedStorage: false }, '2.14').expect(400)
  await act({ force: true, host: 'h2' }, '2.28').expect(400)
  await act({ force: true }, '2.29').expect(400)
  await act({ force: 'True', host: 'h2' }, '2.29').expect(200)
  await act({ force: false }, '2.67').expect(200)
  await act({ force: true, host: 'h2' }, '2.68').expect(400)
  await act({}, '2.90', 'member').expect(403)
  const hosts = api.asked.map(([action, , wanted]) => [action, (wanted as { host?: string }).host])
  assert.deepEqual(hosts, [
    ['evacuate', 'h2'],
    ['evacuate', undefined],
    ['evacuate', undefined],
    ['evacuate', 'h2'],
    ['evacuate', undefined],
  ])
  assert.deepEqual(api.violations, [])
  await api.close()
})

test('live migration: bodies by microversion; shown, aborted and forced only while it is under way', async () => {
  const api = await startApiFixture()
  const hostId = await api.addHost('h1')
  const { id, projectId, userId } = await api.addInstance({ hostId })
  const path = `/compute/v2.1/servers/${id}`
  const act = (body: object, microversion: string, bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `${path}/action`, { body: { 'os-migrateLive': body }, microversion })
  await act({ host: null, block_migration: true, disk_over_commit: false }, '2.1').expect(202)
  await act({ host: null, block_migration: 'auto', disk_over_commit: false }, '2.24').expect(400)
  await act({ host: null, block_migration: false, disk_over_commit: false }, '2.24').expect(400)
  await act({ host: 'h2', block_migration: 'auto' }, '2.25').expect(202)
  await act({ host: 'h2', block_migration: 'auto', disk_over_commit: false }, '2.25').expect(400)
  await act({ block_migration: 'auto' }, '2.25').expect(400)
  await act({ host: 'h2', block_migration: 'auto', force: true }, '2.29').expect(400)
  await act({ host: 'h2', block_migration: 'auto', force: true }, '2.30').expect(202)
  await act({ host: null, block_migration: 'auto', force: true }, '2.30').expect(400)
  await act({ host: 'h2', block_migration: 'auto', force: true }, '2.68').expect(400)
  await act({ host: null, block_migration: 'auto' }, '2.90', 'member').expect(403)
  assert.equal(api.asked.splice(0).length, 3)

  const uuid = randomUUID()
  const operationId = randomUUID() as OperationId
  const ends = { sourceHost: 'h1', destHost: 'h2', oldFlavorId: '1', newFlavorId: '1' }
  const migration = { uuid, instanceId: id, projectId, userId, operationId, type: 'live-migration', ...ends } as const
  await insertServerMigration(api.db, { ...migration, status: 'preparing' }, api.clockMs)
  const ask = (method: 'get' | 'post' | 'delete', rest: string, microversion: string) =>
    api.send('admin', method, `${path}/migrations${rest}`, {
      microversion,
      ...(method === 'post' ? { body: { force_complete: null } } : {}),
    })
  await ask('get', '', '2.22').expect(404)
  const listed = (await ask('get', '', '2.23').expect(200)).body.migrations
  const [{ id: number }] = listed
  assert.equal(Object.keys(listed[0]).length, 16)
  assert.equal(Object.keys((await ask('get', `/${number}`, '2.80').expect(200)).body.migration).length, 19)
  await ask('delete', `/${number}`, '2.64').expect(400)
  await ask('delete', `/${number}`, '2.65').expect(202)
  await ask('post', `/${number}/action`, '2.22').expect(400)
  await api.db('server_migrations').update({ status: 'running' })
  await ask('delete', `/${number}`, '2.24').expect(202)
  await ask('post', `/${number}/action`, '2.22').expect(202)
  assert.deepEqual(api.asked, [
    ['cancel', operationId],
    ['cancel', operationId],
    ['complete-migration', hostId],
  ])
  await api.db('server_migrations').update({ status: 'completed' })
  assert.deepEqual((await ask('get', '', '2.23').expect(200)).body, { migrations: [] })
  await ask('get', `/${number}`, '2.23').expect(404)
  await ask('delete', `/${number}`, '2.24').expect(400)
  await ask('delete', '/none', '2.24').expect(404)
  assert.deepEqual(api.violations, [])
  await api.close()
})
