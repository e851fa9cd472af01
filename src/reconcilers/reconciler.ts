/** A standing duty: no input, idempotent, on a timer and on a nudge. One file each beside this one. */
import type { Logger } from '../util/logger.ts'

export interface Reconciler {
  readonly name: string
  readonly everyMs: number
  run(): Promise<void>
}

/** Runs each duty at its interval, never twice at a time; a nudge during a run makes one more run. */
export class ReconcilerLoop {
  readonly #duties: readonly Duty[]

  constructor(reconcilers: readonly Reconciler[], log: Logger) {
    this.#duties = reconcilers.map((reconciler) => new Duty(reconciler, log))
  }

  start(): void {
    for (const duty of this.#duties) duty.start()
  }

  nudge(name: string): void {
    this.#duties.find((duty) => duty.name === name)?.nudge()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#duties.map((duty) => duty.stop()))
  }
}

class Duty {
  readonly #reconciler: Reconciler
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(reconciler: Reconciler, log: Logger) {
    this.#reconciler = reconciler
    this.#log = log
  }

  get name(): string {
    return this.#reconciler.name
  }

  start(): void {
    this.#timer = setInterval(() => this.nudge(), this.#reconciler.everyMs)
    this.#timer.unref()
    this.nudge()
  }

  nudge(): void {
    if (this.#stopped) return
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    this.#running = this.#reconciler
      .run()
      .catch((error: unknown) =>
        this.#log.error({ reconciler: this.name, err: error }, 'a reconciler failed; it runs again'),
      )
      .finally(() => {
        this.#running = undefined
        if (!this.#again) return
        this.#again = false
        this.nudge()
      })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }
}
