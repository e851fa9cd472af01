/** What was started, to be stopped in the opposite order: who answers stops first, what others stand on stops last. */
import type { Logger } from '../util/logger.ts'

export class Teardown {
  readonly #stops: (() => Promise<unknown> | void)[] = []
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  add(...stops: (() => Promise<unknown> | void)[]): void {
    this.#stops.push(...stops)
  }

  /** A part that does not stop well keeps no other from stopping. */
  async run(): Promise<void> {
    while (this.#stops.length > 0) {
      await Promise.resolve(this.#stops.pop()?.()).catch((error: unknown) =>
        this.#log.error({ err: error }, 'a part did not stop well'),
      )
    }
  }
}
