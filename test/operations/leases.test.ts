/** What becomes of a lease whose holder let go of the operation, and could not tell the database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OperationEngine } from '../../src/operations/engine/operation-engine.ts'
import type { Saga } from '../../src/operations/engine/saga.ts'
import type { Db } from '../../src/store/database.ts'
import { claimOperation } from '../../src/store/leases.ts'
import { findOperation, insertOperation } from '../../src/store/operations.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { newOperation } from '../store/store-rows.ts'

const leaseMs = 150
const owner = 'the conductor'

let db: Db
before(async () => {
  db = await openTestDatabase()
})
after(() => db.destroy())

test('the lease runs out although its owner lives and renews others, and the operation goes on', async () => {
  const { kind } = newOperation()
  const gate = Promise.withResolvers<undefined>()
  const kept = newOperation()
  const dropped = newOperation()
  const ran: string[] = []
  const saga: Saga = {
    kind,
    steps: [
      {
        name: 'work',
        async run({ operationId }) {
          ran.push(operationId)
          return operationId === kept.id ? gate.promise : undefined
        },
      },
    ],
    async succeeded() {},
    async failed() {},
  }
  const engine = new OperationEngine({ db, clock: systemClock, log: silentLogger }, [saga], { owner, leaseMs })
  engine.start()
  try {
    await insertOperation(db, kept)
    engine.nudge(kept.id)
    await waitUntil('the first to run', async () => ran.includes(kept.id) || undefined)
    // As after a run that ended while the database was away.
    await insertOperation(db, dropped)
    await claimOperation(db, dropped.id, owner, { nowMs: systemClock.nowMs(), leaseMs })
    await waitUntil('the second to be taken up again', async () => {
      await engine.resume()
      return (await findOperation(db, dropped.id))?.status === 'succeeded' || undefined
    })
    assert.deepEqual(ran, [kept.id, dropped.id], 'the first kept its lease all the while')
    gate.resolve(undefined)
    await waitUntil(
      'the first to end',
      async () => (await findOperation(db, kept.id))?.status === 'succeeded' || undefined,
    )
  } finally {
    await engine.stop()
  }
})
