import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { OperationId, ProjectId } from '../../src/model/ids.ts'
import { initialOperationState, type Operation } from '../../src/model/operation.ts'
import { insertOperation } from '../../src/store/operations.ts'
import { nowMs, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
const error = {
  code: 'no-valid-host',
  message: 'No host can take it.',
  details: 'node-1 is full',
  retry: 'later',
} as const
const chosen = { hostId: 'h', name: 'node-1', score: 0.5 }
const decision = {
  attempt: 1,
  considered: 2,
  passed: 1,
  rejections: [
    { filter: 'memory', reason: 'not enough free memory', count: 1, wanted: 512, had: 100, hosts: ['node-2'] },
  ],
  top: [chosen],
  chosen,
}

async function add(createdAtMs: number, changes: Partial<Operation> = {}): Promise<OperationId> {
  const id = randomUUID() as OperationId
  await insertOperation(api.db, {
    id,
    kind: 'instance-create',
    status: 'failed',
    projectId: projects.own,
    userId: 'u' as never,
    requestId: 'req-1',
    instanceId: null,
    input: {},
    state: { ...initialOperationState, notes: { decisions: [decision] } },
    steps: [],
    cancelRequested: false,
    error: null,
    progress: null,
    leaseOwner: null,
    leaseEpoch: 0,
    leaseExpiresAtMs: null,
    createdAtMs,
    updatedAtMs: createdAtMs,
    finishedAtMs: createdAtMs,
    ...changes,
  })
  // A new operation has neither: they come while it runs.
  const progress = { step: 'prepare-disks', phase: 'copy', doneBytes: 1 }
  await api
    .db('operations')
    .where({ id })
    .update({ error: JSON.stringify(error), progress: JSON.stringify(progress) })
  return id
}

const show = async (id: string, bearer: Bearer) => api.send(bearer, 'get', `/v1/operations/${id}`)

before(async () => {
  api = await startApiFixture()
})
after(async () => {
  await api.close()
  assert.deepEqual(api.violations, [])
})

test('an operation with its steps and verdicts: hosts, outputs and details for admins alone', async () => {
  const picked = { step: 'pick-host', status: 'done', output: { hostId: 'h' }, error: null } as const
  const claimed = { step: 'claim', status: 'failed', output: null, error } as const
  const times = { attempt: 1, startedAtMs: nowMs, finishedAtMs: nowMs }
  const steps = [picked, claimed].map((step) => ({ ...step, ...times }))
  const id = await add(nowMs, { steps })
  const mine = (await show(id, 'reader')).body.operation
  assert.deepEqual(mine.error, { code: 'no-valid-host', message: 'No host can take it.', retry: 'later' })
  assert.deepEqual(mine.verdicts, [
    {
      attempt: 1,
      considered: 2,
      passed: 1,
      rejections: [{ filter: 'memory', reason: 'not enough free memory', count: 1, wanted: 512, had: 100 }],
    },
  ])
  assert.deepEqual(mine.steps[0], {
    attempt: 1,
    name: 'pick-host',
    status: 'done',
    error: null,
    started_at: '2026-01-31T12:00:00.000Z',
    finished_at: '2026-01-31T12:00:00.000Z',
  })
  assert.deepEqual(mine.progress, { step: 'prepare-disks', phase: 'copy', done_bytes: 1 })
  const all = (await show(id, 'admin')).body.operation
  assert.deepEqual(all.verdicts[0].rejections[0].hosts, ['node-2'])
  assert.deepEqual(all.verdicts[0].chosen, { host_id: 'h', name: 'node-1', score: 0.5 })
  assert.deepEqual(all.steps[0].output, { hostId: 'h' })
  assert.equal(all.error.details, 'node-1 is full')
})

test("another project's operation does not exist", async () => {
  const id = await add(nowMs, { projectId: projects.other })
  const answer = await show(id, 'member')
  assert.equal(answer.status, 404)
  assert.equal(answer.body.error.code, 'operation-not-found')
  assert.equal((await show(id, 'other')).status, 200)
})

test('operations are listed newest first, page by page, for one project or for all', async () => {
  const projectId = projects.admin as ProjectId
  const old = await add(nowMs - 2, { projectId })
  const middle = await add(nowMs - 1, { projectId, status: 'succeeded' })
  const late = await add(nowMs, { projectId })
  const list = async (query: string) => (await api.send('admin', 'get', `/v1/operations?${query}`)).body
  const ids = async (query: string) => (await list(query)).operations.map((operation: Operation) => operation.id)
  assert.deepEqual(await ids(''), [late, middle, old])
  const first = await list('limit=2')
  assert.equal(first.next_marker, middle)
  assert.deepEqual(await ids(`limit=2&marker=${middle}`), [old])
  assert.equal((await list(`marker=${middle}`)).next_marker, null)
  assert.deepEqual(await ids('status=succeeded'), [middle])
  assert.equal((await ids('all_projects=true')).length, 5)
  assert.equal((await api.send('member', 'get', '/v1/operations?all_projects=true')).status, 403)
  for (const bad of ['limit=0', 'limit=x', 'marker=nobody', 'colour=red', 'status=odd']) {
    assert.equal((await api.send('member', 'get', `/v1/operations?${bad}`)).status, 400, bad)
  }
})
