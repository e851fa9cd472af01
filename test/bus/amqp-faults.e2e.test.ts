/** The broker dies, comes back, forgets, throws us out: nothing that was accepted is lost, and readers come back by themselves. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AmqpBusOptions, AmqpBus } from '../../src/bus/amqp/amqp-bus.ts'
import type { Json } from '../../src/util/json.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { rabbitmqMissing, RabbitmqServer } from '../support/rabbitmq-server.ts'
import { makeAmqpStage } from './amqp-stage.ts'
import { seen } from './bus-rules.ts'

const skip = rabbitmqMissing
/** A broker that starts again beside other tests takes a while. */
const patient = { sendWaitMs: 120_000, publishWaitMs: 120_000 }
let server: RabbitmqServer

before(async () => {
  if (skip === false) server = await RabbitmqServer.start()
})
after(async () => server?.close())

type Check = (
  open: (options?: Partial<AmqpBusOptions>) => Promise<AmqpBus>,
  /** A queue of the test's own: RabbitMQ 3.10 breaks queues that are deleted, and declared again, soon after its start. */
  queue: string,
) => Promise<void>

function fault(name: string, check: Check): void {
  test(name, { skip }, async () => {
    // The vhost that a wiped broker makes anew by itself.
    const stage = await makeAmqpStage(server, '/')
    try {
      await check((options) => stage.open(undefined, { ...patient, ...options }), `agent.${crypto.randomUUID()}`)
    } finally {
      await stage.close()
    }
  })
}

const interruptions: readonly (readonly [string, () => Promise<void>])[] = [
  ['restarted', () => server.restart()],
  ['killed and started again', () => server.kill9().then(() => server.start())],
]

for (const [what, interrupt] of interruptions) {
  fault(`a broker that is ${what} in the middle of a thousand sends and events loses none`, async (open, queue) => {
    const [sender, reader] = [await open(), await open()]
    const [commands, events]: [Set<Json>, Set<Json>] = [new Set(), new Set()]
    await reader.consume(queue, async (it) => void commands.add(it))
    await reader.subscribe({ topics: ['agent.*.report'], group: queue }, async (it) => void events.add(it))
    // RabbitMQ 3.10 writes down a moment later which queues it has: one that it declared just before a crash stays broken.
    await server.control('eval', '[dets:sync(T) || T <- dets:all()].')
    const sending = Array.from({ length: 1000 }, async (_, i) => {
      // Spread over the time before, during and after.
      if (i >= 300)
        await waitUntil('the interruption', () => (sender.health().ok ? undefined : true), { timeoutMs: 120_000 })
      if (i >= 600) await waitUntil('the return', () => (sender.health().ok ? true : undefined), { timeoutMs: 120_000 })
      await Promise.all([sender.send(queue, i), sender.publish(`${queue}.report`, i)])
    })
    await interrupt()
    await Promise.all(sending)
    await waitUntil('all of them', () => (commands.size === 1000 && events.size === 1000 ? true : undefined), {
      timeoutMs: 60_000,
    })
    assert.deepEqual([sender.health().ok, reader.health().ok], [true, true])
  })
}

fault('a broker that forgot everything gets queues, exchange and bindings again', async (open, queue) => {
  const bus = await open()
  const got: Json[] = []
  await bus.consume(queue, async (it) => void got.push(it))
  await bus.subscribe({ topics: ['control.*'], group: queue }, async (it) => void got.push(it))
  await bus.subscribe({ topics: ['control.*'] }, async (it) => void got.push(it))
  await server.wipe()
  await waitUntil('readiness', () => (bus.health().ok ? true : undefined), { timeoutMs: 60_000 })
  await Promise.all([bus.send(queue, 1), bus.publish('control.x', 2), bus.send('agent.new', 3)])
  await seen(got, 3)
  assert.deepEqual([...got].sort(), [1, 2, 2])
})

fault('queues that somebody deletes come back, with their readers', async (open, queue) => {
  const bus = await open()
  const got: Json[] = []
  await bus.consume(queue, async (it) => void got.push(it))
  await server.manage('DELETE', `/api/queues/%2f/polyvisor.${queue}`)
  await waitUntil('the loss', () => (bus.health().ok ? undefined : true))
  await waitUntil('the return', () => (bus.health().ok ? true : undefined))
  await server.manage('DELETE', '/api/exchanges/%2f/polyvisor.events')
  await Promise.all([bus.send(queue, 1), bus.publish('control.x', 2)])
  await seen(got, 1)
})

fault(
  'a connection that the operator closes is opened again; a handler at work meanwhile gets its message again',
  async (open, queue) => {
    const bus = await open({ name: 'closed by hand' })
    const got: Json[] = []
    const gate = Promise.withResolvers<void>()
    await bus.consume(queue, async (it) => {
      got.push(it)
      if (got.length === 1) await gate.promise
    })
    await bus.send(queue, 1)
    await seen(got, 1)
    await closeConnections('closed by hand')
    // Its acknowledgement meets a dead channel.
    gate.resolve()
    await seen(got, 2)
    assert.deepEqual(got, [1, 1])
    await waitUntil('readiness', () => (bus.health().ok ? true : undefined))
  },
)

fault('while the broker is away a bounded number of messages waits, and too many are refused', async (open, queue) => {
  const bus = await open({ maxWaiting: 3, publishWaitMs: 200 })
  await server.stop()
  await waitUntil('the loss', () => (bus.health().ok ? undefined : true))
  assert.match(bus.health().message, /./)
  const sending = [1, 2].map((i) => bus.send(queue, i))
  // Events give up soon: later ones repair what they would have said.
  await assert.rejects(bus.publish(`${queue}.report`, 3), /did not confirm .* within 0.2 s: there is no connection/)
  sending.push(bus.send(queue, 3))
  await assert.rejects(bus.send(queue, 4), /takes no more for now: 3 messages/)
  await server.start()
  await Promise.all(sending)
  const got: Json[] = []
  await bus.consume(queue, async (it) => void got.push(it))
  await seen(got, 3)
  assert.deepEqual(got, [1, 2, 3])
})

fault('closing while the broker is away ends at once, and refuses what waits', async (open, queue) => {
  const bus = await open()
  await bus.consume(queue, async () => {})
  await server.stop()
  await waitUntil('the loss', () => (bus.health().ok ? undefined : true))
  const refused = assert.rejects(bus.send(queue, 1), /closed before the broker had the message/)
  await bus.close()
  await refused
  await server.start()
})

fault('a broker that is short of memory shows in the health, and takes messages again later', async (open, queue) => {
  const bus = await open()
  // Only who publishes is blocked, and told so.
  await setMemoryLimit('0.0000001')
  const sending = bus.send(queue, 1)
  await waitUntil('the block', () => (/accepts no messages/.test(bus.health().message) ? true : undefined), {
    timeoutMs: 30_000,
  })
  assert.equal(bus.health().ok, false)
  await setMemoryLimit('0.6')
  await sending
  await waitUntil('the end of the block', () => (bus.health().ok ? true : undefined), { timeoutMs: 30_000 })
})

fault('a broker that starts later than we do is waited for', async (open) => {
  await server.stop()
  const opening = open({ patienceMs: 120_000 })
  await server.start()
  assert.equal((await opening).health().ok, true)
})

async function setMemoryLimit(fraction: string): Promise<void> {
  await server.control('set_vm_memory_high_watermark', fraction)
}

async function closeConnections(name: string): Promise<void> {
  interface Listed {
    readonly name: string
    readonly client_properties?: { readonly connection_name?: string }
  }
  const close = async (): Promise<true | undefined> => {
    const all = (await server.manage('GET', '/api/connections')) as readonly Listed[]
    const [ours] = all.filter(({ client_properties: properties }) => properties?.connection_name === name)
    if (ours === undefined) return undefined
    await server.manage('DELETE', `/api/connections/${encodeURIComponent(ours.name)}`)
    return true
  }
  // The plugin learns of connections a moment after they come.
  await waitUntil('the connection to be listed', close, { timeoutMs: 30_000 })
}
