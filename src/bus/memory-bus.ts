/** The bus of the embedded size: within one process, in order, at least once. Messages are copied, as a real bus would. */
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import type { Bus, BusHealth, EventHandler, SubscribeTo, Subscription } from './bus.ts'
import { MemoryQueue } from './memory-queue.ts'
import { queueKind, type BusObserver } from './observer.ts'
import { defaultRedelivery, type RedeliveryOptions } from './redelivery.ts'
import { topicMatches } from './topics.ts'

interface Topical {
  readonly queue: MemoryQueue
  readonly topics: readonly string[]
}

export interface ParkedMessage {
  readonly message: Json
  /** The queue that it was sent to or the topic that it was published under. */
  readonly topic: string
  readonly reason: string
}

const maxParked = 100

export class MemoryBus implements Bus {
  readonly #queues = new Map<string, MemoryQueue>()
  readonly #groups = new Map<string, Topical>()
  readonly #lone = new Set<Topical>()
  /** Of each topic that was published under, the queues that get it; forgotten when a subscription comes or goes. */
  readonly #routes = new Map<string, readonly MemoryQueue[]>()
  readonly #parked: ParkedMessage[] = []
  readonly #log: Logger
  readonly #observer: BusObserver | undefined
  readonly #redelivery: RedeliveryOptions

  constructor(log: Logger, observer?: BusObserver, redelivery: RedeliveryOptions = defaultRedelivery) {
    this.#log = log
    this.#observer = observer
    this.#redelivery = redelivery
  }

  /** The last messages that nobody could do anything with. */
  get parked(): readonly ParkedMessage[] {
    return this.#parked
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
    const queue = this.#newQueue(queueKind(name))
    this.#queues.set(name, queue)
    return queue
  }

  #newQueue(kind: string): MemoryQueue {
    const park = (message: Json, topic: string, reason: string): void => {
      this.#parked.push({ message, topic, reason })
      if (this.#parked.length > maxParked) this.#parked.shift()
    }
    return new MemoryQueue({ kind, log: this.#log, observer: this.#observer, redelivery: this.#redelivery, park })
  }
}
