import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import { pendingOperation, type OperationStep } from '../../src/model/operation.ts'
import { insertOperation } from '../../src/store/operations.ts'
import { nowMs, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let id: InstanceId
let path: string

beforeEach(async () => {
  api = await startApiFixture()
  const hostId = await api.addHost('h1')
  id = (await api.addInstance({ hostId })).id
  path = `/compute/v2.1/servers/${id}/os-instance-actions`
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const picked = { hostId: randomUUID(), hostName: 'h2' }
const step: OperationStep = {
  attempt: 1,
  step: 'pick-host',
  status: 'done',
  output: picked,
  error: null,
  startedAtMs: nowMs,
  finishedAtMs: nowMs + 5,
}
const error = { code: 'x', message: 'told', details: 'internal', retry: 'never' } as const

async function operation(kind: string, requestId: string, atMs = nowMs, steps: readonly OperationStep[] = []) {
  const { projectId, userId } = (await api.services.readModel.instance(id))?.instance ?? (undefined as never)
  const made = pendingOperation({ kind, projectId, userId, requestId, instanceId: id, input: {} }, atMs)
  await insertOperation(api.db, { ...made, steps })
}

const get = (suffix = '', microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'get', `${path}${suffix}`, { microversion })
const namesOf = async (suffix: string, microversion: string) =>
  (await get(suffix, microversion).expect(200)).body.instanceActions.map(({ action }: { action: string }) => action)

test('operations under the names of actions, newest first; the service’s own are not among them', async () => {
  await operation('instance-create', 'req-1', nowMs)
  await operation('instance-reboot-hard', 'req-2', nowMs + 1000)
  await operation('orphan-remove', 'req-3', nowMs + 2000)
  assert.deepEqual((await get()).body.instanceActions[1], {
    action: 'create',
    instance_uuid: id,
    request_id: 'req-1',
    user_id: 'member-user',
    project_id: 'a'.repeat(32),
    start_time: '2026-01-31T12:00:00.000000',
    message: null,
  })
  assert.deepEqual(await namesOf('', '2.1'), ['reboot', 'create'])
  await get('/req-3').expect(404)
  await get('', '2.1', 'other').expect(404)
})

test('pages and times from 2.58 on', async () => {
  await operation('instance-create', 'req-1', nowMs)
  await operation('instance-stop', 'req-2', nowMs + 1000)
  const { body } = await get('?limit=1', '2.58').expect(200)
  assert.deepEqual(
    body.instanceActions.map(({ action }: { action: string }) => action),
    ['stop'],
  )
  assert.equal(body.instanceActions[0].updated_at, '2026-01-31T12:00:01.000000')
  assert.match(body.links[0].href, /os-instance-actions\?limit=1&marker=req-2$/)
  assert.deepEqual(await namesOf('?limit=1&marker=req-2', '2.58'), ['create'])
  await get('?marker=req-9', '2.58').expect(400)
  assert.deepEqual(await namesOf('?changes-since=2026-01-31T12:00:01Z', '2.58'), ['stop'])
  assert.deepEqual(await namesOf('?changes-before=2026-01-31T12:00:00Z', '2.66'), ['create'])
  await get('?changes-since=soon', '2.58').expect(400)
  assert.deepEqual(await namesOf('?limit=1', '2.57'), ['stop', 'create'])
})

test('events by microversion and by who asks', async () => {
  const failed: OperationStep = { ...step, step: 'claim', status: 'failed', error }
  await operation('instance-create', 'req-1', nowMs, [step, failed])
  const events = async (microversion: string, bearer: Bearer) =>
    (await get('/req-1', microversion, bearer).expect(200)).body.instanceAction.events
  assert.equal(await events('2.50', 'member'), undefined)
  const times = { start_time: '2026-01-31T12:00:00.000000', finish_time: '2026-01-31T12:00:00.005000' }
  assert.deepEqual((await events('2.50', 'admin'))[1], {
    event: 'claim',
    ...times,
    result: 'Error',
    traceback: 'internal',
  })
  assert.deepEqual((await events('2.51', 'member'))[0], { event: 'pick-host', ...times, result: 'Success' })
  const [, last] = await events('2.84', 'admin')
  assert.equal(last.host, 'h2')
  assert.equal(last.details, 'told')
  const { hostId, ...rest } = (await events('2.84', 'member'))[1]
  assert.equal(hostId, last.hostId)
  assert.equal(hostId.length, 56)
  assert.deepEqual(rest, { event: 'claim', ...times, result: 'Error', details: 'told' })
})

test('of deleted servers from 2.21 on', async () => {
  await operation('instance-delete', 'req-1')
  await api.db('instances').where({ id }).update({ deleted_at: nowMs })
  await get('', '2.20').expect(404)
  assert.deepEqual(await namesOf('', '2.21'), ['delete'])
  await get('/req-1', '2.21').expect(200)
})
