/** One saga's scenario in a world where things go wrong: it must end as asked or say why not. */
import type { InstanceId } from '../../src/model/ids.ts'
import type { Scenario } from '../operations/saga-scenarios.ts'
import type { World } from '../support/world.ts'

const endsWithinMs = 60_000

/** @throws Error when something is stuck, or failed without a reason */
export async function playOut(world: World, scenario: Scenario): Promise<void> {
  const launched = await scenario.launch(world, endsWithinMs).catch((error: unknown) => {
    // What had to be there before could not be made; whether it says why is looked at with all the others.
    if (error instanceof Error && /the scenario's own \w+ ended/.test(error.message)) return undefined
    throw error
  })
  if (launched === undefined) return
  const { status, error } = await world.ended(launched.operationId, endsWithinMs)
  if (status !== 'succeeded' && (error?.message ?? '') === '') throw new Error(`it ended ${status} without a reason`)
}

/** Deletes whatever is there; then nothing may be left. @throws Error with what is */
export async function deleteAll(world: World): Promise<void> {
  const rows = (await world.db('instances').whereNull('deleted_at').select('id', 'vm_state', 'fault')) as {
    id: InstanceId
    vm_state: string
    fault: string | null
  }[]
  for (const { id, vm_state: vmState, fault } of rows) {
    if (vmState === 'error' && fault === null) throw new Error(`instance ${id} is in ERROR without a reason`)
    const { operationId } = await world.act(id, 'delete')
    const { status } = await world.ended(operationId, endsWithinMs)
    if (status !== 'succeeded') throw new Error(`a delete ended ${status}`)
  }
  await world.settled(30_000)
}
