/** What an agent's account may and may not, asked of a real broker. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, type ChannelModel } from 'amqplib'
import { openBusOfAgent, openSharedBus, type BusAccounts } from '../../src/bus/shared-bus.ts'
import { agentQueue, conductorQueue, type Bus } from '../../src/bus/bus.ts'
import type { BusAccount } from '../../src/model/agent.ts'
import type { Json } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { rabbitmqMissing, RabbitmqServer } from '../support/rabbitmq-server.ts'
import { seen } from './bus-rules.ts'

const skip = rabbitmqMissing
const noTls = { caFile: undefined, certFile: undefined, keyFile: undefined }
const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()]
let server: RabbitmqServer
let control: Bus
let accounts: BusAccounts
let account: BusAccount

before(async () => {
  if (skip !== false) return
  server = await RabbitmqServer.start()
  ;({ bus: control, accounts } = await openSharedBus(configFor(server.url()), silentLogger))
  account = await accounts.ensure(mine)
  await accounts.ensure(other)
})
after(async () => {
  await control?.close()
  await server?.close()
})

function configFor(url: string): Parameters<typeof openSharedBus>[0] {
  const { managementUrl } = server
  return { url, passwordFile: undefined, managementUrl, agentUrl: undefined, tls: noTls, prefetch: 10 }
}

function openAgent(renew: () => Promise<BusAccount> = () => accounts.ensure(mine)): Promise<Bus> {
  return openBusOfAgent({ account, renew, tls: noTls, prefetch: 10 }, silentLogger)
}

test('it reads its own queue and speaks under its own topics', { skip }, async () => {
  const agent = await openAgent()
  const [commands, events]: [Json[], Json[]] = [[], []]
  await control.subscribe({ topics: ['agent.*.report'], group: 'conductor' }, async (it) => void events.push(it))
  await agent.consume(agentQueue(mine), async (it) => void commands.push(it))
  await control.send(agentQueue(mine), 'do')
  await agent.publish(`agent.${mine}.report`, 'done')
  await Promise.all([seen(commands, 1), seen(events, 1)])
  assert.equal(agent.health().ok, true)
  await agent.close()
})

test('it publishes under no other topic, and its next message gets through all the same', { skip }, async () => {
  const agent = await openAgent()
  const events: Json[] = []
  const to = { topics: ['#'] }
  const subscription = await control.subscribe(to, async (it) => void events.push(it))
  const forged = [`agent.${other}.report`, `agent.${mine}x.report`, `agent.${mine}`, 'control.operation-cancel']
  const sent = [...forged.map((topic) => agent.publish(topic, 'forged')), agent.publish(`agent.${mine}.report`, 'own')]
  const outcomes = await Promise.allSettled(sent)
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected', 'rejected', 'fulfilled'],
  )
  for (const outcome of outcomes.slice(0, -1))
    assert.match(String((outcome as PromiseRejectedResult).reason), /the broker forbids us publishing under/)
  await seen(events, 1)
  assert.deepEqual(events, ['own'])
  await subscription.cancel()
  await agent.close()
})

test('it sends to no queue: neither to the conductors nor to another agent', { skip }, async () => {
  const agent = await openAgent()
  for (const queue of [conductorQueue, agentQueue(other), agentQueue(mine)])
    await assert.rejects(agent.send(queue, 'forged'), /the broker forbids us/)
  await agent.close()
})

test('it reads no other queue', { skip }, async () => {
  const agent = await openAgent()
  await control.send(conductorQueue, 'secret')
  for (const queue of [agentQueue(other), conductorQueue, 'parked'])
    await assert.rejects(
      agent.consume(queue, async () => {}),
      /the broker forbids us the queue/,
    )
  await assert.rejects(
    agent.subscribe({ topics: ['#'] }, async () => {}),
    /the broker forbids us the subscription/,
  )
  await agent.close()
})

const deeds: readonly (readonly [string, (model: ChannelModel) => Promise<unknown>])[] = [
  ['declare a queue', async (model) => (await channelOf(model)).assertQueue('mine')],
  ['declare a queue named by the server', async (model) => (await channelOf(model)).assertQueue('')],
  ['declare an exchange', async (model) => (await channelOf(model)).assertExchange('mine', 'fanout')],
  ['delete its queue', async (model) => (await channelOf(model)).deleteQueue(`polyvisor.agent.${mine}`)],
  [
    'bind its queue to what others say',
    async (model) => (await channelOf(model)).bindQueue(`polyvisor.agent.${mine}`, 'polyvisor.events', '#'),
  ],
  ['delete the events exchange', async (model) => (await channelOf(model)).deleteExchange('polyvisor.events')],
]

async function channelOf(model: ChannelModel): ReturnType<ChannelModel['createChannel']> {
  const channel = await model.createChannel()
  channel.on('error', () => {})
  return channel
}

for (const [what, deed] of deeds) {
  test(`it may not ${what}`, { skip }, async () => {
    const model = await connect(server.url('/', account))
    await assert.rejects(deed(model), /ACCESS_REFUSED/)
    await model.close()
  })
}

test(
  'a renewed account: the old password is refused, and the agent comes back with the new one',
  { skip },
  async () => {
    const renewed = await accounts.ensure(mine)
    assert.notEqual(renewed.password, account.password)
    await assert.rejects(connect(server.url('/', account)), /ACCESS.REFUSED/)
    let renewals = 0
    const agent = await openAgent(async () => {
      renewals += 1
      return renewed
    })
    assert.equal(renewals, 1)
    await agent.close()
    account = renewed
  },
)

test('a removed agent is thrown out, and its queue is gone', { skip }, async () => {
  const id = crypto.randomUUID()
  const leaving = await accounts.ensure(id)
  const agent = await openBusOfAgent(
    { account: leaving, renew: () => Promise.reject(new Error('removed')), tls: noTls, prefetch: 1 },
    silentLogger,
  )
  await accounts.remove(id)
  await waitUntil('the connection to end', () => (agent.health().ok ? undefined : true))
  await assert.rejects(connect(server.url('/', leaving)), /ACCESS.REFUSED/)
  await assert.rejects(server.manage('GET', `/api/queues/%2f/polyvisor.agent.${id}`), /404/)
  await accounts.remove(id)
  await agent.close()
})

test('the plugin that does not answer, and a user without the tag, are named', { skip }, async () => {
  const { accounts: unreachable, bus } = await openSharedBus(
    { ...configFor(server.url()), managementUrl: 'http://127.0.0.1:1' },
    silentLogger,
  )
  await assert.rejects(
    unreachable.ensure(mine),
    /127\.0\.0\.1:1 does not answer .*rabbitmq_management.*bus\.managementUrl/,
  )
  await bus.close()
  await server.manage('PUT', '/api/users/plain', { password: 'hush', tags: '' })
  await server.manage('PUT', '/api/permissions/%2f/plain', { configure: '.*', write: '.*', read: '.*' })
  const plain = { username: 'plain', password: 'hush' }
  const opened = await openSharedBus(configFor(server.url('/', plain)), silentLogger)
  await assert.rejects(opened.accounts.ensure(mine), /refuses user "plain" .*tag administrator/)
  await opened.bus.close()
})

test('what an agent is told has no credentials of ours in its address', { skip }, () => {
  assert.equal(account.url, `amqp://127.0.0.1:${server.port}/%2F`)
  assert.equal(account.username, `agent.${mine}`)
})
