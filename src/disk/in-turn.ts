/** Pieces of work that run one after the other, in the order in which they were asked for; one that fails holds up none. */
export class InTurn {
  #last: Promise<void> = Promise.resolve()

  run(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Resolves when all that was asked for has ended, and says nothing of failures. */
  settle(): Promise<void> {
    return this.#last
  }
}
