/** The bus of the embedded size: within one process, in order, at least once. Messages are copied, as a real bus would. */
import type { Json } from '../util/json.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import type { Bus, BusHealth, EventHandler, SubscribeTo, Subscription } from './bus.ts'
import { topicMatches } from './topics.ts'

/** Told how long each message waited from being sent to being handed over; for figures. */
export interface BusObserver {
  /** @param queue its kind: `conductor`, `agent` (any agent's) or `events` */
  delivered(queue: string, lagSeconds: number): void
  redelivered(queue: string): void
}

interface Topical {
  readonly queue: MemoryQueue
  readonly topics: readonly string[]
}

const redeliveryDelayMs = 100
const maxDeliveries = 10

export class MemoryBus implements Bus {
  readonly #queues = new Map<string, MemoryQueue>()
  readonly #groups = new Map<string, Topical>()
  readonly #lone = new Set<Topical>()
  /** Of each topic that was published under, the queues that get it; forgotten when a subscription comes or goes. */
  readonly #routes = new Map<string, readonly MemoryQueue[]>()
  readonly #log: Logger
  readonly #observer: BusObserver | undefined

  constructor(log: Logger, observer?: BusObserver) {
    this.#log = log
    this.#observer = observer
  }

  async send(queue: string, message: Json): Promise<void> {
    this.#queue(queue).push(message, queue)
  }

  async consume(queue: string, handle: (message: Json) => Promise<void>): Promise<Subscription> {
    return this.#queue(queue).attach(handle)
  }

  async publish(topic: string, message: Json): Promise<void> {
    for (const queue of this.#route(topic)) queue.push(message, topic)
  }

  async subscribe({ group, topics }: SubscribeTo, handle: EventHandler): Promise<Subscription> {
    this.#routes.clear()
    if (group !== undefined) {
      const known = this.#groups.get(group) ?? { queue: this.#newQueue('events'), topics }
      this.#groups.set(group, known)
      return known.queue.attach(handle)
    }
    const lone = { queue: this.#newQueue('events'), topics }
    this.#lone.add(lone)
    const subscription = lone.queue.attach(handle)
    return {
      cancel: async () => {
        this.#lone.delete(lone)
        this.#routes.clear()
        await subscription.cancel()
      },
    }
  }

  health(): BusHealth {
    return { ok: true, message: 'in this process' }
  }

  async close(): Promise<void> {
    const topical = [...this.#groups.values(), ...this.#lone].map(({ queue }) => queue)
    await Promise.all([...this.#queues.values(), ...topical].map((queue) => queue.close()))
  }

  #route(topic: string): readonly MemoryQueue[] {
    const known = this.#routes.get(topic)
    if (known !== undefined) return known
    const wanted = [...this.#groups.values(), ...this.#lone].filter(({ topics }) =>
      topics.some((pattern) => topicMatches(pattern, topic)),
    )
    const route = wanted.map(({ queue }) => queue)
    this.#routes.set(topic, route)
    return route
  }

  #queue(name: string): MemoryQueue {
    const known = this.#queues.get(name)
    if (known !== undefined) return known
    const queue = this.#newQueue(name.split('.', 1)[0] ?? name)
    this.#queues.set(name, queue)
    return queue
  }

  #newQueue(kind: string): MemoryQueue {
    return new MemoryQueue(kind, this.#log, this.#observer)
  }
}

interface Waiting {
  readonly text: string
  readonly topic: string
  readonly sentMs: number
  deliveries: number
}

/** Keeps messages while nobody consumes; hands them to its consumers in turn, each in order. */
class MemoryQueue {
  readonly #waiting: Waiting[] = []
  readonly #consumers: EventHandler[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #kind: string
  readonly #log: Logger
  readonly #observer: BusObserver | undefined
  #scheduled = false

  constructor(kind: string, log: Logger, observer: BusObserver | undefined) {
    this.#kind = kind
    this.#log = log
    this.#observer = observer
  }

  push(message: Json, topic: string): void {
    this.#waiting.push({ text: JSON.stringify(message), topic, deliveries: 0, sentMs: performance.now() })
    this.#schedule()
  }

  attach(handle: EventHandler): Subscription {
    this.#consumers.push(handle)
    this.#schedule()
    return {
      cancel: async () => {
        const index = this.#consumers.indexOf(handle)
        if (index >= 0) this.#consumers.splice(index, 1)
        await Promise.all(this.#running)
      },
    }
  }

  async close(): Promise<void> {
    this.#consumers.length = 0
    await Promise.all(this.#running)
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#drain()
    })
  }

  #drain(): void {
    while (this.#consumers.length > 0) {
      const item = this.#waiting.shift()
      if (item === undefined) return
      const handle = this.#consumers.shift() as EventHandler
      this.#consumers.push(handle)
      const run = this.#deliver(item, handle).finally(() => this.#running.delete(run))
      this.#running.add(run)
    }
  }

  async #deliver(item: Waiting, handle: EventHandler): Promise<void> {
    item.deliveries += 1
    if (item.deliveries > 1) this.#observer?.redelivered(this.#kind)
    else this.#observer?.delivered(this.#kind, (performance.now() - item.sentMs) / 1000)
    try {
      await handle(JSON.parse(item.text) as Json, item.topic)
    } catch (error) {
      if (item.deliveries >= maxDeliveries) {
        this.#log.error(
          { err: error, deliveries: item.deliveries },
          'a bus message was given up: its handler keeps failing',
        )
        return
      }
      this.#log.warn({ err: error, deliveries: item.deliveries }, 'a bus message is delivered again')
      await delay(redeliveryDelayMs)
      this.#waiting.push(item)
      this.#schedule()
    }
  }
}
