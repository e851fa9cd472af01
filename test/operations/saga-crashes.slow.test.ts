/**
 * What every saga must bear, by enumeration: each step run twice, a failure at each step, each undo run twice, and a
 * crash at each checkpoint. After each, nothing is left over and the instance is what was asked, in ERROR with a
 * reason, or gone.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import type { OperationStatus } from '../../src/model/operation.ts'
import { LeaseLost } from '../../src/operations/engine/operation-run.ts'
import type { Checkpoint, CheckpointHook, Saga } from '../../src/operations/engine/saga.ts'
import { stepError } from '../../src/operations/engine/step-error.ts'
import { allSagas } from '../../src/operations/sagas.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { World } from '../support/world.ts'
import { scenarios, type Scenario } from './saga-scenarios.ts'

const sagas = allSagas({} as never, { stopGraceMs: 1 })

/** A hook that can be armed while the world runs; it strikes once. */
class Striker {
  #armed: { matches: (checkpoint: Checkpoint) => boolean; strike: () => void } | undefined
  struck = false

  arm(matches: (checkpoint: Checkpoint) => boolean, strike: () => void): void {
    this.#armed = { matches, strike }
    this.struck = false
  }

  readonly hook: CheckpointHook = (checkpoint) => {
    if (this.#armed === undefined || this.struck || !this.#armed.matches(checkpoint)) return
    this.struck = true
    this.#armed.strike()
  }
}

function at(kind: string, step: string, moment: Checkpoint['moment']): (checkpoint: Checkpoint) => boolean {
  return (checkpoint) => checkpoint.kind === kind && checkpoint.step === step && checkpoint.moment === moment
}

async function withWorld(work: (world: World, striker: Striker) => Promise<void>): Promise<void> {
  const striker = new Striker()
  const world = await World.make({ nodes: 2, node: { vcpus: 1_000 }, engine: { hook: striker.hook } })
  try {
    await work(world, striker)
  } finally {
    await world.end()
  }
}

/** Ends the operation, going on with it whenever the striker made its worker let go. */
async function endOf(
  world: World,
  scenario: Scenario,
): Promise<{ status: OperationStatus; instanceId: InstanceId | null }> {
  const { instanceId, operationId } = await scenario.launch(world)
  const timer = setInterval(() => void world.control.engine.resume(), 10)
  try {
    const { status, error } = await world.ended(operationId)
    if (status === 'failed') assert.ok(error !== null && error.message.length > 0, 'a failed operation says why')
    return { status, instanceId }
  } finally {
    clearInterval(timer)
  }
}

async function assertTold(world: World, instanceId: InstanceId | null, wasAsked: boolean): Promise<void> {
  if (instanceId === null) return world.settled()
  const { vmState, fault, taskState } = await world.instance(instanceId)
  assert.equal(taskState, null)
  if (!wasAsked && vmState === 'error')
    assert.ok(fault !== null && fault.message.length > 0, 'an instance in ERROR says why')
  await world.settled()
}

/** Whatever failed, the tenant can get rid of it. */
async function assertDeletable(world: World, instanceId: InstanceId | null): Promise<void> {
  if (instanceId === null) return
  const { operationId } = await world.act(instanceId, 'delete')
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  assert.equal((await world.instance(instanceId)).vmState, 'deleted')
  await world.settled()
}

function stepsOf(kind: string): readonly Saga['steps'][number][] {
  return sagas.find((saga) => saga.kind === kind)?.steps ?? []
}

function fail(): never {
  throw stepError('struck', 'Struck by a test.')
}
function letGo(): never {
  throw new LeaseLost()
}

test('every saga has a scenario', () => {
  assert.deepEqual(sagas.map((saga) => saga.kind).sort(), scenarios.map((scenario) => scenario.kind).sort())
  const counts = sagas.map((saga) => `${saga.kind}: ${saga.steps.map((step) => step.name).join(' → ')}`)
  process.stdout.write(`${counts.join('\n')}\n`)
})

for (const scenario of scenarios) {
  const { kind } = scenario
  describe(kind, () => {
    test('each step run twice', () =>
      withWorld(async (world, striker) => {
        for (const step of stepsOf(kind)) {
          striker.arm(at(kind, step.name, 'after-run'), letGo)
          const { status, instanceId } = await endOf(world, scenario)
          assert.ok(striker.struck, `${step.name} was reached`)
          assert.equal(status, 'succeeded', `${step.name} run twice`)
          await assertTold(world, instanceId, true)
        }
      }))

    for (const moment of ['begun', 'after-run'] as const) {
      test(`a failure at each step (${moment}) leaves a clean slate`, () =>
        withWorld(async (world, striker) => {
          for (const step of stepsOf(kind)) {
            striker.arm(at(kind, step.name, moment), fail)
            const { status, instanceId } = await endOf(world, scenario)
            assert.ok(striker.struck, `${step.name} was reached`)
            assert.equal(status, 'failed', step.name)
            await assertTold(world, instanceId, false)
            await assertDeletable(world, instanceId)
          }
        }))
    }

    test('each undo run twice', () =>
      withWorld(async (world, striker) => {
        const last = stepsOf(kind).at(-1)?.name ?? ''
        for (const step of stepsOf(kind).filter(({ undo }) => undo !== undefined)) {
          let failed = false
          striker.arm((checkpoint) => {
            if (!failed && at(kind, last, 'after-run')(checkpoint)) {
              failed = true
              fail()
            }
            return at(kind, step.name, 'after-undo')(checkpoint)
          }, letGo)
          const { status, instanceId } = await endOf(world, scenario)
          assert.ok(striker.struck, `the undo of ${step.name} was reached`)
          assert.equal(status, 'failed')
          await assertTold(world, instanceId, false)
        }
      }))

    test('a crash at every checkpoint', () =>
      withWorld(async (world, striker) => {
        const moments = stepsOf(kind).flatMap((step) =>
          (['before-run', 'begun', 'after-run'] as const).map((moment) => [step.name, moment] as const),
        )
        for (const [step, moment] of [...moments, ['', 'before-close'] as const]) {
          striker.arm(at(kind, step, moment), letGo)
          const { instanceId, operationId } = await scenario.launch(world)
          await waitUntil(`${step}/${moment}`, () => (striker.struck ? true : undefined))
          await world.crash()
          await world.start()
          assert.equal((await world.ended(operationId)).status, 'succeeded', `${step}/${moment}`)
          await assertTold(world, instanceId, true)
        }
      }))
  })
}
