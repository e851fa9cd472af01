/**
 * Work that is due again and again for each of some VMs, done beside whoever says so: a guest that answers late, or not at all,
 * holds up nobody else. One at a time per VM, and seldom where it fails.
 */

/** Doubled with each failure in a row, up to the longest. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000

interface Failures {
  readonly times: number
  readonly untilMs: number
}

/**
 * @param done what an earlier call said
 * @returns what is done now; undefined when it failed, or was too early. Never rejects
 */
type Work = (instanceId: string, done: string) => Promise<string | undefined>

export class Beside {
  readonly #work: Work
  readonly #nowMs: () => number
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #done = new Map<string, string>()
  readonly #failures = new Map<string, Failures>()

  /** @param nowMs monotonic */
  constructor(work: Work, nowMs: () => number = () => performance.now()) {
    this.#work = work
    this.#nowMs = nowMs
  }

  /** Begins what is due. @param instanceIds all VMs that there are: of others nothing is kept */
  begin(instanceIds: ReadonlySet<string>): void {
    for (const known of [this.#done, this.#failures])
      for (const id of known.keys()) if (!instanceIds.has(id)) known.delete(id)
    for (const id of instanceIds) {
      const isDue = this.#nowMs() >= (this.#failures.get(id)?.untilMs ?? 0)
      if (!isDue || this.#underWay.has(id)) continue
      this.#underWay.set(
        id,
        this.#do(id).finally(() => this.#underWay.delete(id)),
      )
    }
  }

  /** Resolves when nothing is under way. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay.values())
  }

  async #do(id: string): Promise<void> {
    const done = await this.#work(id, this.#done.get(id) ?? '')
    if (done !== undefined) {
      this.#done.set(id, done)
      this.#failures.delete(id)
      return
    }
    const times = this.#failures.get(id)?.times ?? 0
    const pauseMs = Math.min(firstPauseMs * 2 ** times, longestPauseMs)
    this.#failures.set(id, { times: times + 1, untilMs: this.#nowMs() + pauseMs })
  }
}
