import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import type { Network } from '../../src/model/network.ts'
import { inTransaction, type Db } from '../../src/store/database.ts'
import { releaseAddresses, takeAddress } from '../../src/store/fixed-addresses.ts'
import { insertNetwork } from '../../src/store/networks.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { World } from '../support/world.ts'

let db: Db
before(async () => {
  db = await openTestDatabase()
})
after(() => db.destroy())

let made = 0
async function makeNetwork(cidr: string): Promise<Network> {
  made += 1
  const network = { id: crypto.randomUUID(), subnetId: crypto.randomUUID(), name: `n${made}`, cidr }
  await insertNetwork(db, network)
  return network
}
const newId = () => crypto.randomUUID() as InstanceId
const take = (network: Network, instanceId = newId(), address?: string) =>
  inTransaction(db, (trx) =>
    takeAddress(trx, instanceId, 0, { network, isRequired: false, ...(address === undefined ? {} : { address }) }),
  )

test('many at once get all that there are, each its own; one more gets none until one is given back', async () => {
  const network = await makeNetwork('10.0.0.0/28')
  const ids = Array.from({ length: 13 }, newId)
  const nics = await Promise.all(ids.map((id) => take(network, id)))
  const addresses = nics.map((nic) => nic?.address ?? 'none')
  const all = Array.from({ length: 13 }, (_, index) => `10.0.0.${index + 2}`)
  assert.deepEqual(addresses.toSorted(), all.toSorted())
  assert.equal(new Set(nics.map((nic) => nic?.macAddress)).size, 13)
  for (const nic of nics) assert.match(nic?.macAddress ?? '', /^52:54:00(:[0-9a-f]{2}){3}$/)
  assert.equal(await take(network), undefined)
  await releaseAddresses(db, ids[3] as InstanceId)
  assert.equal((await take(network))?.address, addresses[3])
})

test('taken twice it is the same; a wanted one that another has is not to be had', async () => {
  const network = await makeNetwork('10.0.1.0/24')
  const id = newId()
  const nic = await take(network, id, '10.0.1.9')
  assert.equal(nic?.address, '10.0.1.9')
  assert.deepEqual(await take(network, id, '10.0.1.9'), nic)
  assert.deepEqual(await take(network, id), nic)
  assert.equal(await take(network, newId(), '10.0.1.9'), undefined)
})

test('a server that fails on one host and is built on the next has one address; deleted, none', async (t) => {
  const fault = { call: 'ensurePresent', times: 1, action: 'fail', retry: 'elsewhere' } as const
  const world = await World.make({ nodes: 2, faults: [fault] })
  t.after(() => world.end())
  const { instanceId, operationId } = await world.create()
  const operation = await world.ended(operationId)
  assert.equal(operation.status, 'succeeded')
  assert.equal(operation.state.attempt, 2)
  assert.equal((await world.instance(instanceId)).nics.length, 1)
  await world.settled()
  await world.ended((await world.act(instanceId, 'delete')).operationId)
  assert.deepEqual(await world.db('fixed_addresses'), [])
  assert.deepEqual((await world.instance(instanceId)).nics, [])
})
