/** One queue of the bus in memory: keeps messages while nobody consumes, hands them to its consumers in turn, each in order. */
import type { Json } from '../util/json.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import type { EventHandler, Subscription } from './bus.ts'
import type { BusObserver } from './observer.ts'
import { PoisonMessage } from './poison-message.ts'
import { pauseMs, type RedeliveryOptions } from './redelivery.ts'

export interface MemoryQueueParts {
  readonly kind: string
  readonly log: Logger
  readonly observer: BusObserver | undefined
  readonly redelivery: RedeliveryOptions
  /** Takes what nobody can do anything with. */
  park(message: Json, topic: string, reason: string): void
}

interface Waiting {
  readonly text: string
  readonly topic: string
  readonly sentMs: number
  deliveries: number
}

export class MemoryQueue {
  readonly #parts: MemoryQueueParts
  readonly #waiting: Waiting[] = []
  readonly #consumers: EventHandler[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #closed = new AbortController()
  #scheduled = false

  constructor(parts: MemoryQueueParts) {
    this.#parts = parts
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
    this.#closed.abort()
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
    const { kind, observer } = this.#parts
    item.deliveries += 1
    if (item.deliveries > 1) observer?.redelivered(kind)
    else observer?.delivered(kind, (performance.now() - item.sentMs) / 1000)
    try {
      await handle(JSON.parse(item.text) as Json, item.topic)
    } catch (error) {
      this.#failed(item, error)
    }
  }

  #failed(item: Waiting, error: unknown): void {
    const { kind, log, observer, redelivery, park } = this.#parts
    const { deliveries, text, topic } = item
    if (error instanceof PoisonMessage || deliveries >= redelivery.maxDeliveries) {
      log.error({ err: error, deliveries, topic }, 'a bus message is parked')
      observer?.parked(kind)
      park(JSON.parse(text) as Json, topic, error instanceof Error ? error.message : String(error))
      return
    }
    log.warn({ err: error, deliveries }, 'a bus message is delivered again')
    // Not among the running: whoever cancels does not wait for a pause, and the message stays for others.
    void delay(pauseMs(redelivery, deliveries), this.#closed.signal).then(() => {
      this.#waiting.push(item)
      this.#schedule()
    })
  }
}
