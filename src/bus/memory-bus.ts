/** The bus of the embedded size: within one process, in order, at least once. Messages are copied, as a real bus would. */
import type { Json } from '../util/json.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import type { Bus, Subscription } from './bus.ts'

/** Told how long each message waited from being sent to being handed over; for figures. */
export interface BusObserver {
  /** @param queue its kind: `conductor`, `agent` (any agent's) or `events` */
  delivered(queue: string, lagSeconds: number): void
  redelivered(queue: string): void
}

type Handle = (message: Json) => Promise<void>

const redeliveryDelayMs = 100
const maxDeliveries = 10

export class MemoryBus implements Bus {
  readonly #queues = new Map<string, MemoryQueue>()
  readonly #groups = new Map<string, MemoryQueue>()
  readonly #lone = new Set<MemoryQueue>()
  readonly #log: Logger
  readonly #observer: BusObserver | undefined

  constructor(log: Logger, observer?: BusObserver) {
    this.#log = log
    this.#observer = observer
  }

  async send(queue: string, message: Json): Promise<void> {
    this.#queue(this.#queues, queue).push(message)
  }

  async consume(queue: string, handle: Handle): Promise<Subscription> {
    return this.#queue(this.#queues, queue).attach(handle)
  }

  async publish(message: Json): Promise<void> {
    for (const queue of this.#groups.values()) queue.push(message)
    for (const queue of this.#lone) queue.push(message)
  }

  async subscribe(group: string | undefined, handle: Handle): Promise<Subscription> {
    if (group !== undefined) return this.#queue(this.#groups, group).attach(handle)
    const queue = new MemoryQueue('events', this.#log, this.#observer)
    this.#lone.add(queue)
    const subscription = queue.attach(handle)
    return {
      cancel: async () => {
        this.#lone.delete(queue)
        await subscription.cancel()
      },
    }
  }

  async close(): Promise<void> {
    const all = [...this.#queues.values(), ...this.#groups.values(), ...this.#lone]
    await Promise.all(all.map((queue) => queue.close()))
  }

  #queue(queues: Map<string, MemoryQueue>, name: string): MemoryQueue {
    const known = queues.get(name)
    if (known !== undefined) return known
    const kind = queues === this.#groups ? 'events' : (name.split('.', 1)[0] ?? name)
    const queue = new MemoryQueue(kind, this.#log, this.#observer)
    queues.set(name, queue)
    return queue
  }
}

interface Waiting {
  readonly text: string
  readonly sentMs: number
  deliveries: number
}

/** Keeps messages while nobody consumes; hands them to its consumers in turn, each in order. */
class MemoryQueue {
  readonly #waiting: Waiting[] = []
  readonly #consumers: Handle[] = []
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

  push(message: Json): void {
    this.#waiting.push({ text: JSON.stringify(message), deliveries: 0, sentMs: performance.now() })
    this.#schedule()
  }

  attach(handle: Handle): Subscription {
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
      const handle = this.#consumers.shift() as Handle
      this.#consumers.push(handle)
      const run = this.#deliver(item, handle).finally(() => this.#running.delete(run))
      this.#running.add(run)
    }
  }

  async #deliver(item: Waiting, handle: Handle): Promise<void> {
    item.deliveries += 1
    if (item.deliveries > 1) this.#observer?.redelivered(this.#kind)
    else this.#observer?.delivered(this.#kind, (performance.now() - item.sentMs) / 1000)
    try {
      await handle(JSON.parse(item.text) as Json)
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
