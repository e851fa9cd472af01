/**
 * Carries committed messages from the outbox to the bus. Each process sends what it put there itself; what lies there
 * for a while is taken over by whoever looks first. A message may leave twice, never not at all.
 */
import type { Bus } from '../bus/bus.ts'
import type { Db } from '../store/database.ts'
import { adoptOutbox, deleteOutbox, listOutbox, putOutbox } from '../store/outbox.ts'
import type { Clock } from '../util/clock.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'

const batchSize = 100
/** After that long a message's owner counts as gone. */
const staleMs = 2_500

export class OutboxDispatcher {
  readonly #db: Db
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #log: Logger
  readonly #owner: string = crypto.randomUUID()
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(parts: { db: Db; bus: Bus; clock: Clock; log: Logger }) {
    this.#db = parts.db
    this.#bus = parts.bus
    this.#clock = parts.clock
    this.#log = parts.log
  }

  /** In the transaction whose commit the message must wait for; `nudge` sends it afterwards. */
  async put(trx: Db, queue: string, message: Json, nowMs: number): Promise<void> {
    await putOutbox(trx, { queue, message, owner: this.#owner }, nowMs)
  }

  /** Call after a commit that put something into the outbox. */
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

  /** Takes over what nobody sends, and sends it: the duty of every conductor. */
  async sweep(): Promise<void> {
    const nowMs = this.#clock.nowMs()
    await adoptOutbox(this.#db, this.#owner, { beforeMs: nowMs - staleMs, nowMs }, batchSize)
    this.nudge()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #dispatch(): Promise<void> {
    for (;;) {
      const messages = await listOutbox(this.#db, this.#owner, batchSize)
      if (messages.length === 0) return
      // All at once, begun in order: each waits for the bus to confirm it.
      const sent = await Promise.allSettled(messages.map(({ queue, message }) => this.#bus.send(queue, message)))
      const gone = messages.filter((_message, index) => sent[index]?.status === 'fulfilled')
      if (gone.length > 0) {
        const ids = gone.map(({ id }) => id)
        await deleteOutbox(this.#db, ids)
      }
      const failed = sent.find((result) => result.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      // What was put there meanwhile comes with a nudge of its own.
      if (messages.length < batchSize) return
    }
  }
}
