/** A guest's administrator gets another password, which nobody else keeps. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { afterEach, test } from 'node:test'
import { isPassword } from '../../drivers/sim/password.ts'
import { allowedActions } from '../../src/model/allowed-actions.ts'
import type { InstanceId } from '../../src/model/ids.ts'
import { World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.end())))

async function active(options: WorldOptions = {}): Promise<{ world: World; id: InstanceId }> {
  const world = await World.make(options)
  worlds.push(world)
  const { instanceId: id, operationId } = await world.create()
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return { world, id }
}

async function opensGuest(world: World, password: string): Promise<boolean> {
  const [vm] = world.vms()
  assert.ok(vm)
  const { passwordHash = '' } = JSON.parse(await readFile(vm.path, 'utf8')) as { passwordHash?: string }
  return isPassword(password, passwordHash)
}

test('the guest has it, also after a move, and no row does', async () => {
  const { world, id } = await active({ nodes: 2 })
  const { operationId } = await world.changePassword(id, 'of-the-admin')
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  const { vmState, taskState } = await world.instance(id)
  assert.deepEqual([vmState, taskState], ['active', null])
  assert.equal(await opensGuest(world, 'of-the-admin'), true)
  assert.equal(await opensGuest(world, 'another'), false)
  for (const table of ['operations', 'commands', 'instances'])
    assert.ok(!JSON.stringify(await world.db(table)).includes('of-the-admin'), table)
  assert.equal((await world.ended((await world.liveMigrate(id)).operationId)).status, 'succeeded')
  assert.equal(await opensGuest(world, 'of-the-admin'), true)
})

test('refused: a stopped one, and one whose hypervisor reaches no agent, which allowed actions say too', async () => {
  const { world, id } = await active()
  const abilities = ['pause', 'rescue']
  await world.db('hosts').update({ capabilities: JSON.stringify({ abilities }) })
  await assert.rejects(world.changePassword(id, 'x'), { kind: 'conflict', code: 'not-supported-by-host' })
  const allowed = allowedActions(await world.instance(id), abilities)
  const refusal = allowed.find(({ action }) => action === 'change-password')?.refusal
  assert.equal(refusal?.code, 'not-supported-by-host')
  await world.ended((await world.act(id, 'stop')).operationId)
  await assert.rejects(world.changePassword(id, 'x'), { kind: 'conflict', code: 'wrong-vm-state' })
})
