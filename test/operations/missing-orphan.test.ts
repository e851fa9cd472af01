/** Regression: a missing VM without business on its host was forgotten here, while its agent went on to speak of it: its row came and went for ever. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationEngine } from '../../src/operations/engine/operation-engine.ts'
import { orphanFinder } from '../../src/reconcilers/orphan-finder.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { World } from '../support/world.ts'

test('a missing VM without business on its host is removed there, so that its agent forgets it too', async (t) => {
  const world = await World.make()
  t.after(() => world.end())
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  await world.control.stop()
  await world.db('vms').where({ instance_id: instanceId }).update({ power_state: 'missing' })
  await world.forgetHost(instanceId)

  const nudged: string[] = []
  const engine = { nudge: (id: string) => nudged.push(id) } as unknown as OperationEngine
  await orphanFinder({ db: world.db, clock: systemClock, log: silentLogger, engine }).run()
  const [row] = (await world.db('operations').where({ kind: 'orphan-remove' }).select('id')) as { id: string }[]
  assert.ok(row)
  assert.deepEqual(nudged, [row.id])
})
