/** Repositories under many processes at once: nothing is given twice, counted wrongly or lost. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AgentId, HostId, InstanceId, OperationId } from '../../src/model/ids.ts'
import { registerAgent } from '../../src/store/agents.ts'
import { answerCommand, findCommand, insertCommand } from '../../src/store/commands.ts'
import { claimAllocation, releaseAllocations } from '../../src/store/allocations.ts'
import { inTransaction, type Db } from '../../src/store/database.ts'
import { insertKey } from '../../src/store/idempotency-keys.ts'
import { claimOperation, holdLease, listClaimableOperations, renewLeases } from '../../src/store/leases.ts'
import { changeOperation, findOperation, insertOperation, insertUnlessOpen } from '../../src/store/operations.ts'
import { insertAssignment } from '../../src/store/role-assignments.ts'
import { beginUpload } from '../../src/store/uploads.ts'
import { recordVm } from '../../src/store/vms.ts'
import type { Json } from '../../src/util/json.ts'
import { atOnce, openMany, type ManyDatabases } from '../support/many-databases.ts'
import { addHostRow, newOperation } from './store-rows.ts'

let many: ManyDatabases
before(async () => {
  many = await openMany(5)
})
after(() => many.end())

const one = { vcpus: 1, memoryMb: 1, diskGb: 1 }
const claimOn =
  (hostId: HostId) =>
  (instanceId: string, db: Db): Promise<boolean> =>
    claimAllocation(
      db,
      { instanceId: instanceId as InstanceId, hostId, operationId: 'o' as OperationId, wanted: one },
      2,
    )

async function usedOf(hostId: HostId): Promise<object> {
  const row = (await many.next()('hosts').where({ id: hostId }).first('used_vcpus', 'instance_count')) as object
  return { ...row }
}

test('two hundred claims for the last ten slots: ten get one', async () => {
  const hostId = 'last-slots' as HostId
  await addHostRow(many.next(), hostId, 10)
  const claim = claimOn(hostId)
  const got = await atOnce(200, (index) => claim(`i${index}`, many.next()))
  assert.equal(got.filter(Boolean).length, 10)
  assert.deepEqual(await usedOf(hostId), { used_vcpus: 10, instance_count: 10 })
  assert.equal((await many.next()('allocations').where({ host_id: hostId })).length, 10)
})

test('a claim that is made twice at once counts once, and so does its release', async () => {
  const hostId = 'same-claim' as HostId
  await addHostRow(many.next(), hostId, 10)
  const claim = claimOn(hostId)
  assert.deepEqual(new Set(await atOnce(20, () => claim('same', many.next()))), new Set([true]))
  assert.deepEqual(await usedOf(hostId), { used_vcpus: 1, instance_count: 1 })
  await atOnce(20, () => releaseAllocations(many.next(), 'same' as InstanceId, 3))
  assert.deepEqual(await usedOf(hostId), { used_vcpus: 0, instance_count: 0 })
})

test('a claim that does not fit leaves nothing, in the transaction of others too', async () => {
  const hostId = 'full' as HostId
  await addHostRow(many.next(), hostId, 0)
  await inTransaction(many.next(), async (trx) => {
    assert.equal(await claimOn(hostId)('too-much', trx), false)
  })
  assert.equal((await many.next()('allocations').where({ host_id: hostId })).length, 0)
})

const times = (nowMs: number) => ({ nowMs, leaseMs: 9_000 })

test('an operation is taken by exactly one of many engines, and its former holder changes nothing', async () => {
  const operations = Array.from({ length: 20 }, () => newOperation())
  for (const operation of operations) await insertOperation(many.next(), operation)
  for (const { id } of operations) {
    const taken = await atOnce(10, (index) => claimOperation(many.next(), id, `engine-${index}`, times(1_000)))
    assert.equal(taken.filter((operation) => operation !== undefined).length, 1)
  }
  const { id } = operations[0] as { id: OperationId }
  const former = { operationId: id, epoch: 1 }
  assert.equal(await claimOperation(many.next(), id, 'later', times(5_000)), undefined, 'it is held')
  const [successor] = (await atOnce(10, (index) => claimOperation(many.next(), id, `e${index}`, times(11_000)))).filter(
    (operation) => operation !== undefined,
  )
  assert.equal(successor?.leaseEpoch, 2)
  assert.equal(await changeOperation(many.next(), former, { status: 'failed' }, 12_000), false)
  assert.equal(await inTransaction(many.next(), (trx) => holdLease(trx, former)), false)
  assert.equal((await findOperation(many.next(), id))?.status, 'running')
  await many.next()('operations').delete()
})

test('whoever holds a lease within a transaction keeps it until that ends', async () => {
  const { id } = newOperation()
  await insertOperation(many.next(), { ...newOperation(), id })
  await claimOperation(many.all[0] as Db, id, 'first', times(1_000))
  const order: string[] = []
  let takeover: Promise<unknown> | undefined
  await inTransaction(many.all[0] as Db, async (trx) => {
    assert.equal(await holdLease(trx, { operationId: id, epoch: 1 }), true)
    takeover = claimOperation(many.all[1] as Db, id, 'second', times(20_000)).then(() => order.push('taken'))
    await trx('operations').where({ id }).first()
    order.push('committed')
  })
  await takeover
  assert.deepEqual(order, ['committed', 'taken'])
  await many.next()('operations').delete()
})

test('an expiry further ahead than any lease was written before a clock was set back: it holds nobody up', async () => {
  const operation = newOperation()
  await insertOperation(many.next(), operation)
  await claimOperation(many.next(), operation.id, 'before', times(1_000_000))
  assert.deepEqual(await listClaimableOperations(many.next(), times(995_000), 10), [], 'a small step is none')
  assert.deepEqual(await listClaimableOperations(many.next(), times(1_000), 10), [operation.id])
  assert.equal((await claimOperation(many.next(), operation.id, 'now', times(1_000)))?.leaseEpoch, 2)
  assert.deepEqual(await renewLeases(many.next(), 'before', [operation.id], times(1_000)), [])
  await many.next()('operations').delete()
})

test('each start of an agent gets its own incarnation, the same start one', async () => {
  const id = 'a'.repeat(36) as AgentId
  const starts = await atOnce(30, (index) => registerAgent(many.next(), id, { name: 'a', startId: `s${index}` }, 5))
  assert.deepEqual(
    [...starts].sort((a, b) => a - b),
    Array.from({ length: 30 }, (_, index) => index + 1),
  )
  const again = await atOnce(10, () => registerAgent(many.next(), id, { name: 'a', startId: 'last' }, 6))
  assert.deepEqual(new Set(again), new Set([31]))
})

test('a key is begun once', async () => {
  const begun = await atOnce(50, () => insertKey(many.next(), 'k'.repeat(64), 'f', 1))
  assert.equal(begun.filter(Boolean).length, 1)
})

test('an orphan is removed once', async () => {
  const instanceId = 'orphan'
  const made = await atOnce(20, () => insertUnlessOpen(many.next(), newOperation('orphan-remove', instanceId)))
  assert.equal(made.filter(Boolean).length, 1)
  await many.next()('operations').where({ instance_id: instanceId }).update({ status: 'succeeded' })
  assert.equal(await insertUnlessOpen(many.next(), newOperation('orphan-remove', instanceId)), true)
})

test('the newest word on a VM stays, in whatever order the words come; of an agent that it is not of, none', async () => {
  const hostId = 'of-words' as HostId
  const agentId = await addHostRow(many.next(), hostId, 1)
  const words = [7, 3, 20, 11, 1, 19, 5, 2].flatMap((generation) => [generation, generation])
  await Promise.all(
    words.map((generation) =>
      recordVm(many.next(), agentId, {
        instanceId: 'v' as InstanceId,
        hostId,
        powerState: generation === 20 ? 'on' : 'off',
        handle: null,
        generation,
        observedAtMs: 1,
      }),
    ),
  )
  const vm = { instanceId: 'v' as InstanceId, hostId, powerState: 'paused', handle: null, generation: 99 } as const
  assert.equal(await recordVm(many.next(), 'another' as AgentId, { ...vm, observedAtMs: 2 }), false)
  const row = (await many.next()('vms').where({ instance_id: 'v' }).first()) as { power_state: string }
  assert.equal(row.power_state, 'on')
})

test('an image is uploaded by one', async () => {
  await many.next()('images').insert({
    id: 'i',
    owner_project_id: 'p',
    status: 'queued',
    visibility: 'private',
    disk_format: 'raw',
    created_at: 1,
    updated_at: 1,
  })
  const begun = await atOnce(20, () => beginUpload(many.next(), 'i' as never, 'raw', 'saving', 2))
  assert.equal(begun.filter((upload) => upload !== undefined).length, 1)
})

test('a role is assigned once', async () => {
  const db = many.next()
  await db('domains').insert({ id: 'd', name: 'd' })
  await db('users').insert({ id: 'u', domain_id: 'd', name: 'u', created_at: 0 })
  await db('roles').insert({ id: 'r', name: 'r' })
  await atOnce(20, () => insertAssignment(many.next(), { userId: 'u' }, 'r', { domainId: 'd' }))
  assert.equal((await db('role_assignments')).length, 1)
})

test('a call is written down once, for the agent of its host, and not by who lost the operation', async () => {
  const hostId = 'called' as HostId
  const agentId = await addHostRow(many.next(), hostId, 1)
  const operation = newOperation()
  await insertOperation(many.next(), operation)
  const lease = { operationId: operation.id, epoch: 1 }
  const call = (key: string, epoch: number, on = hostId): Promise<AgentId | undefined> =>
    insertCommand(many.next(), { key, lease: { ...lease, epoch }, hostId: on, message: { key } }, 1)
  assert.equal(await call('early', 1), undefined, 'nobody holds it yet')
  await claimOperation(many.next(), operation.id, 'first', times(0))
  const written = await atOnce(20, () => call('once', 1))
  assert.deepEqual(
    written.filter((id) => id !== undefined),
    [agentId],
  )
  assert.equal(await call('elsewhere', 1, 'no-such-host' as HostId), undefined)
  await claimOperation(many.next(), operation.id, 'second', times(20_000))
  assert.equal(await call('late', 1), undefined)
  assert.equal(await findCommand(many.next(), 'late'), undefined)
  assert.deepEqual((await findCommand(many.next(), 'once'))?.message, { key: 'once' })
  await many.next()('operations').delete()
})

test('a step begins with its call, or not at all', async () => {
  const hostId = 'begun-with' as HostId
  await addHostRow(many.next(), hostId, 1)
  const operation = newOperation()
  await insertOperation(many.next(), operation)
  await claimOperation(many.next(), operation.id, 'first', times(0))
  const state = { ...operation.state, begun: ['start'] }
  const call = (key: string, epoch: number, notes: Json): Promise<AgentId | undefined> => {
    const lease = { operationId: operation.id, epoch }
    const beginning = { state: { ...state, notes: { from: notes } }, steps: [] }
    return insertCommand(many.next(), { key, lease, hostId, message: { key }, beginning }, 1)
  }
  const written = await atOnce(20, (index) => call('begun', 1, index))
  assert.equal(written.filter((id) => id !== undefined).length, 1)
  assert.deepEqual((await findOperation(many.next(), operation.id))?.state.begun, ['start'])
  await claimOperation(many.next(), operation.id, 'second', times(20_000))
  assert.equal(await call('too-late', 1, 'late'), undefined)
  assert.equal(await findCommand(many.next(), 'too-late'), undefined)
  assert.notEqual((await findOperation(many.next(), operation.id))?.state.notes['from'], 'late')
  await many.next()('operations').delete()
})

test('a call is answered once, by the agent that was asked; what an agent saw of a VM counts either way', async () => {
  const hostId = 'answering' as HostId
  const agentId = await addHostRow(many.next(), hostId, 1)
  const operation = newOperation()
  await insertOperation(many.next(), operation)
  await claimOperation(many.next(), operation.id, 'first', times(0))
  const lease = { operationId: operation.id, epoch: 1 }
  await insertCommand(many.next(), { key: 'asked', lease, hostId, message: {} }, 1)
  const vm = { instanceId: 'seen' as InstanceId, hostId, powerState: 'on', handle: null, observedAtMs: 1 } as const
  const answer = (from: AgentId, generation: number): Promise<boolean> =>
    answerCommand(
      many.next(),
      { key: 'asked', agentId: from, result: { generation }, vm: { ...vm, generation } },
      generation,
    )
  assert.equal(await answer('another' as AgentId, 100), false)
  const stored = await atOnce(20, (index) => answer(agentId, index + 1))
  assert.equal(stored.filter(Boolean).length, 1)
  const row = (await many.next()('vms').where({ instance_id: 'seen' }).first()) as { generation: number | string }
  assert.equal(Number(row.generation), 20)
  await many.next()('operations').delete()
})
