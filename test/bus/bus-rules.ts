/** What every bus keeps to, as one suite: the memory bus and RabbitMQ are judged by the same rules. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bus } from '../../src/bus/bus.ts'
import type { BusObserver } from '../../src/bus/observer.ts'
import { PoisonMessage } from '../../src/bus/poison-message.ts'
import type { RedeliveryOptions } from '../../src/bus/redelivery.ts'
import type { Json } from '../../src/util/json.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

/** One world for one test: its buses share queues and nothing with other tests. */
export interface BusStage {
  /** In another process, where that makes a difference; the memory bus has one for all. */
  open(observer?: BusObserver): Promise<Bus>
  /** What was parked until now. */
  parked(): Promise<readonly Json[]>
  close(): Promise<void>
}

/** So that tests see the end of it. */
export const quickRedelivery: RedeliveryOptions = { maxDeliveries: 4, firstPauseMs: 5, maxPauseMs: 20 }

export function busRules(makeStage: () => Promise<BusStage>, skip: string | false = false): void {
  const rule = (name: string, check: (stage: BusStage) => Promise<void>): void =>
    void test(name, { skip }, async () => {
      const stage = await makeStage()
      try {
        await check(stage)
      } finally {
        await stage.close()
      }
    })

  rule('messages are kept while nobody consumes, and come in order, as they were sent', async (stage) => {
    const bus = await stage.open()
    const message: { i: number; words: string[] } = { i: -1, words: ['ä', '✓'] }
    const first = bus.send('agent.a', message)
    message.words.push('changed after sending')
    await Promise.all([first, ...Array.from({ length: 50 }, (_, i) => bus.send('agent.a', { i }))])
    const got: Json[] = []
    await bus.consume('agent.a', async (it) => void got.push(it))
    await seen(got, 51)
    assert.deepEqual(got, [{ i: -1, words: ['ä', '✓'] }, ...Array.from({ length: 50 }, (_, i) => ({ i }))])
  })

  rule('each message of a queue goes to one of its consumers', async (stage) => {
    const [here, there] = [await stage.open(), await stage.open()]
    const got: Json[] = []
    for (const bus of [here, there]) await bus.consume('conductor', async (it) => void got.push(it))
    await Promise.all(Array.from({ length: 40 }, (_, i) => here.send('conductor', i)))
    await seen(got, 40)
    assert.deepEqual(sorted(got), range(40))
  })

  rule('a queue gets nothing of another', async (stage) => {
    const bus = await stage.open()
    const [a, b]: [Json[], Json[]] = [[], []]
    await bus.consume('agent.a', async (it) => void a.push(it))
    await bus.consume('agent.b', async (it) => void b.push(it))
    await Promise.all([bus.send('agent.b', 1), bus.send('agent.a', 2)])
    await Promise.all([seen(a, 1), seen(b, 1)])
    assert.deepEqual([a, b], [[2], [1]])
  })

  rule('a message whose handler rejects comes again, and others go on meanwhile', async (stage) => {
    const counted = counter()
    const bus = await stage.open(counted.observer)
    const got: Json[] = []
    await bus.consume('agent.a', async (it) => {
      got.push(it)
      if (it === 'bad' && got.filter((other) => other === 'bad').length < 3) throw new Error('not yet')
    })
    for (const it of ['bad', 'good', 'better']) await bus.send('agent.a', it)
    await seen(got, 5)
    assert.deepEqual(sorted(got), ['bad', 'bad', 'bad', 'better', 'good'])
    assert.deepEqual(counted.counts, { delivered: 3, redelivered: 2, parked: 0 })
    assert.deepEqual(await stage.parked(), [])
  })

  rule('a message whose handler never succeeds is parked, once; others go on', async (stage) => {
    const counted = counter()
    const bus = await stage.open(counted.observer)
    const got: Json[] = []
    await bus.consume('agent.a', async (it) => {
      got.push(it)
      if (it === 'bad') throw new Error('never')
    })
    await bus.send('agent.a', 'bad')
    await bus.send('agent.a', 'good')
    await seenParked(stage, 1)
    assert.deepEqual(await stage.parked(), ['bad'])
    assert.deepEqual(sorted(got), ['bad', 'bad', 'bad', 'bad', 'good'])
    assert.deepEqual(counted.counts, { delivered: 2, redelivered: 3, parked: 1 })
  })

  rule('poison is parked at once, whoever reads it', async (stage) => {
    const counted = counter()
    const bus = await stage.open(counted.observer)
    let tries = 0
    const refuse = async (): Promise<void> => {
      tries += 1
      throw new PoisonMessage('no use')
    }
    await bus.consume('agent.a', refuse)
    await bus.subscribe({ topics: ['agent.*.report'], group: 'conductor' }, refuse)
    await bus.subscribe({ topics: ['control.#'] }, refuse)
    await bus.send('agent.a', 'first')
    await bus.publish('agent.a.report', 'second')
    await bus.publish('control.x', 'third')
    await seenParked(stage, 3)
    assert.deepEqual(sorted(await stage.parked()), ['first', 'second', 'third'])
    assert.equal(tries, 3)
    assert.deepEqual(counted.counts, { delivered: 3, redelivered: 0, parked: 3 })
  })

  rule('a lone subscriber gets a failed event again, and parks it in the end', async (stage) => {
    const bus = await stage.open()
    const got: Json[] = []
    await bus.subscribe({ topics: ['control.*'] }, async (it) => {
      got.push(it)
      if (it === 'bad') throw new Error('never')
    })
    await bus.publish('control.a', 'bad')
    await bus.publish('control.a', 'good')
    await seenParked(stage, 1)
    assert.deepEqual(sorted(got), ['bad', 'bad', 'bad', 'bad', 'good'])
  })

  rule('members of a group share events, which are kept while no member is there', async (stage) => {
    const [here, there] = [await stage.open(), await stage.open()]
    const to = { topics: ['agent.*.hello', 'agent.*.report'], group: 'conductor' }
    const nobody = await here.subscribe(to, async () => {})
    await nobody.cancel()
    await here.publish('agent.a.hello', 0)
    const got: Json[] = []
    for (const bus of [here, there]) await bus.subscribe(to, async (it) => void got.push(it))
    for (let i = 1; i < 20; i += 1) await there.publish('agent.a.report', i)
    await seen(got, 20)
    assert.deepEqual(sorted(got), range(20))
  })

  rule('every lone subscriber gets every event, and so does each group', async (stage) => {
    const [here, there] = [await stage.open(), await stage.open()]
    const got: Json[][] = [[], [], []]
    await here.subscribe({ topics: ['control.*'] }, async (it) => void got[0]?.push(it))
    await there.subscribe({ topics: ['control.*'] }, async (it) => void got[1]?.push(it))
    await there.subscribe({ topics: ['control.*'], group: 'g' }, async (it) => void got[2]?.push(it))
    for (let i = 0; i < 10; i += 1) await here.publish('control.x', i)
    for (const each of got) await seen(each, 10)
    assert.deepEqual(got, [range(10), range(10), range(10)])
  })

  rule('topics match by word, and the handler learns which it was', async (stage) => {
    const bus = await stage.open()
    const got: string[] = []
    await bus.subscribe({ topics: ['agent.*.report', 'control.#'] }, async (_, topic) => void got.push(topic))
    const unwanted = ['agent.a.b.report', 'agent.report', 'agent.a.hello', 'controls']
    const wanted = ['agent.a.report', 'control', 'control.x', 'control.x.y']
    for (const topic of [...unwanted, ...wanted]) await bus.publish(topic, null)
    await seen(got, wanted.length)
    assert.deepEqual(got, wanted)
  })

  rule('an event that two patterns of one subscriber cover comes once', async (stage) => {
    const bus = await stage.open()
    const got: Json[] = []
    await bus.subscribe({ topics: ['control.*', 'control.x'] }, async (it) => void got.push(it))
    await bus.publish('control.x', 1)
    await bus.publish('control.y', 2)
    await seen(got, 2)
    assert.deepEqual(got, [1, 2])
  })

  rule('cancel waits for the handler at work and hands nothing more over', async (stage) => {
    const bus = await stage.open()
    const got: Json[] = []
    const gate = Promise.withResolvers<void>()
    const subscription = await bus.consume('agent.a', async (it) => {
      got.push(it)
      await gate.promise
      got.push('done')
    })
    await bus.send('agent.a', 1)
    await seen(got, 1)
    const cancelled = subscription.cancel().then(() => got.push('cancelled'))
    gate.resolve()
    await cancelled
    await bus.send('agent.a', 2)
    const later: Json[] = []
    await bus.consume('agent.a', async (it) => void later.push(it))
    await seen(later, 1)
    assert.deepEqual([got, later], [[1, 'done', 'cancelled'], [2]])
  })

  rule('close waits for the handler at work; what was not handled is there for the next', async (stage) => {
    const [going, staying] = [await stage.open(), await stage.open()]
    const got: Json[] = []
    const gate = Promise.withResolvers<void>()
    await going.consume('agent.a', async (it) => {
      got.push(it)
      await gate.promise
      got.push('done')
    })
    await staying.send('agent.a', 1)
    await seen(got, 1)
    const closed = going.close().then(() => got.push('closed'))
    gate.resolve()
    await closed
    assert.deepEqual(got, [1, 'done', 'closed'])
  })

  rule('it says that it is well', async (stage) => {
    const bus = await stage.open()
    await bus.consume('agent.a', async () => {})
    assert.equal(bus.health().ok, true)
  })
}

export function counter(): {
  observer: BusObserver
  counts: { delivered: number; redelivered: number; parked: number }
} {
  const counts = { delivered: 0, redelivered: 0, parked: 0 }
  const observer = {
    delivered: (_: string, lagSeconds: number) => {
      assert.ok(lagSeconds >= 0)
      counts.delivered += 1
    },
    redelivered: () => void (counts.redelivered += 1),
    parked: () => void (counts.parked += 1),
  }
  return { observer, counts }
}

export async function seen(got: readonly unknown[], count: number): Promise<void> {
  await waitUntil(`${count} messages`, () => (got.length >= count ? true : undefined), {
    timeoutMs: 30_000,
    everyMs: 5,
  })
}

async function seenParked(stage: BusStage, count: number): Promise<void> {
  const probe = async (): Promise<true | undefined> => ((await stage.parked()).length >= count ? true : undefined)
  await waitUntil(`${count} parked messages`, probe, { timeoutMs: 30_000 })
}

function sorted(values: readonly Json[]): readonly Json[] {
  return [...values].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}
