/**
 * A bus that does what buses may do: loses messages, hands them on twice, late, or in another order. What it does is
 * drawn from a seeded source and counted.
 */
import type { Bus, BusHealth, EventHandler, SubscribeTo, Subscription } from '../../src/bus/bus.ts'
import type { Json } from '../../src/util/json.ts'

export const busFaults = ['dropped', 'repeated', 'reordered', 'delayed'] as const
export type BusFault = (typeof busFaults)[number]

const delayMs = 150
/** A message waits so long at most for another to overtake it. */
const overtakenWithinMs = 40

/** Shared by the parts of one world. */
export class BusTrouble {
  readonly counts: Record<BusFault, number> = { dropped: 0, repeated: 0, reordered: 0, delayed: 0 }
  /** Share of the messages that are struck. */
  rate = 0
  readonly #random: () => number
  readonly #faults: readonly BusFault[]
  #held: (() => void) | undefined

  constructor(random: () => number, faults: readonly BusFault[]) {
    this.#random = random
    this.#faults = faults
  }

  /** Passes the message on, as it is meant to or not. The sender is told that it was accepted in any case. */
  async pass(deliver: () => Promise<void>): Promise<void> {
    const isStruck = this.#random() < this.rate
    const fault = isStruck ? this.#faults[Math.floor(this.#random() * this.#faults.length)] : undefined
    if (fault !== undefined) this.counts[fault] += 1
    const late = (): void => void deliver().catch(() => {})
    switch (fault) {
      case undefined:
        await deliver()
        break
      case 'dropped':
        return
      case 'repeated':
        await deliver()
        await deliver()
        break
      case 'delayed':
        setTimeout(late, delayMs * (1 + this.#random()))
        return
      case 'reordered':
        this.#hold(late)
        return
    }
    this.#letGo()
  }

  #hold(late: () => void): void {
    this.#letGo()
    this.#held = late
    setTimeout(() => {
      if (this.#held === late) this.#letGo()
    }, overtakenWithinMs)
  }

  #letGo(): void {
    const held = this.#held
    this.#held = undefined
    held?.()
  }
}

export class FaultyBus implements Bus {
  readonly #inner: Bus
  readonly #trouble: BusTrouble

  constructor(inner: Bus, trouble: BusTrouble) {
    this.#inner = inner
    this.#trouble = trouble
  }

  send(queue: string, message: Json): Promise<void> {
    return this.#trouble.pass(() => this.#inner.send(queue, message))
  }

  publish(topic: string, message: Json): Promise<void> {
    return this.#trouble.pass(() => this.#inner.publish(topic, message))
  }

  consume(queue: string, handle: (message: Json) => Promise<void>): Promise<Subscription> {
    return this.#inner.consume(queue, handle)
  }

  subscribe(to: SubscribeTo, handle: EventHandler): Promise<Subscription> {
    return this.#inner.subscribe(to, handle)
  }

  health(): BusHealth {
    return this.#inner.health()
  }

  close(): Promise<void> {
    return this.#inner.close()
  }
}
