/** Carries committed messages from the outbox to the bus, in order. A message may leave twice, never not at all. */
import type { Bus } from '../bus/bus.ts'
import type { Db } from '../store/database.ts'
import { deleteOutbox, listOutbox } from '../store/outbox.ts'
import type { Logger } from '../util/logger.ts'

const batchSize = 100

export class OutboxDispatcher {
  readonly #db: Db
  readonly #bus: Bus
  readonly #log: Logger
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(parts: { db: Db; bus: Bus; log: Logger }) {
    this.#db = parts.db
    this.#bus = parts.bus
    this.#log = parts.log
  }

  /** Call after a commit that put something into the outbox; a reconciler calls it too, for what a crash left. */
  nudge(): void {
    if (this.#stopped) return
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    this.#running = this.#dispatch()
      .catch((error: unknown) => this.#log.error({ err: error }, 'the outbox could not be sent; it is tried again'))
      .finally(() => {
        this.#running = undefined
        if (this.#again) {
          this.#again = false
          this.nudge()
        }
      })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #dispatch(): Promise<void> {
    for (;;) {
      const messages = await listOutbox(this.#db, batchSize)
      if (messages.length === 0) return
      for (const { queue, message } of messages) await this.#bus.send(queue, message)
      await deleteOutbox(
        this.#db,
        messages.map((message) => message.id),
      )
    }
  }
}
