/** Counts the steps that change something outside of this process, so that crash tests can die after each of them. */
export class NativeCalls {
  #left: number

  constructor(dieAfter = Infinity) {
    this.#left = dieAfter
  }

  async run<T>(step: () => Promise<T>): Promise<T> {
    const result = await step()
    this.#left -= 1
    if (this.#left === 0) process.kill(process.pid, 'SIGKILL')
    return result
  }
}
