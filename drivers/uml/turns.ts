/**
 * One at a time per VM: the core orders its own calls, but knows nothing of the watch, which changes guests' devices too.
 * In this process only: nobody else changes guests of this state folder.
 */
interface Turn {
  readonly ended: Promise<void>
  readonly wanted: AbortController
}

export class Turns {
  readonly #last = new Map<string, Turn>()

  /**
   * Runs `work` when all that came before for this VM have ended, however they did.
   * @param work is told when somebody else waits: work that can be done later gives way then
   */
  async take<T>(instanceId: string, work: (wanted: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#last.get(instanceId)
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const turn: Turn = { ended, wanted: new AbortController() }
    this.#last.set(instanceId, turn)
    before?.wanted.abort()
    try {
      await before?.ended
      return await work(turn.wanted.signal)
    } finally {
      if (this.#last.get(instanceId) === turn) this.#last.delete(instanceId)
      end()
    }
  }

  isTaken(instanceId: string): boolean {
    return this.#last.has(instanceId)
  }
}
