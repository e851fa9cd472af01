/** Work that several may want at once: it is done once for all of them, and goes on for as long as one of them wants it. */
import { cancelled } from './refusals.ts'

export interface Wanted {
  readonly signal: AbortSignal
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}

interface Shared<T> {
  readonly done: Promise<T>
  readonly stop: AbortController
  readonly listeners: Set<Wanted['onProgress']>
  waiters: number
}

export class SharedWork<T> {
  readonly #underWay = new Map<string, Shared<T>>()

  /**
   * @param begin is called unless that work is under way; it ends soon after its signal, and leaves nothing behind then
   * @throws DriverError CANCELLED after the caller's signal; what the work throws
   */
  async join(
    key: string,
    { signal, onProgress }: Wanted,
    begin: (stop: AbortController, onProgress: Wanted['onProgress']) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) throw cancelled()
    const shared = this.#underWay.get(key) ?? this.#start(key, begin)
    shared.waiters++
    shared.listeners.add(onProgress)
    try {
      return await orAborted(shared.done, signal)
    } finally {
      shared.listeners.delete(onProgress)
      if (--shared.waiters === 0) {
        this.#forget(key, shared) // whoever comes now starts anew
        shared.stop.abort()
        await shared.done.catch(() => undefined) // what it had begun is gone when we return
      }
    }
  }

  #start(key: string, begin: Parameters<SharedWork<T>['join']>[2]): Shared<T> {
    const stop = new AbortController()
    const listeners = new Set<Wanted['onProgress']>()
    const done = begin(stop, (...progress) => listeners.forEach((listener) => listener(...progress)))
    const shared: Shared<T> = { done, stop, listeners, waiters: 0 }
    this.#underWay.set(key, shared)
    const forget = (): void => this.#forget(key, shared)
    done.then(forget, forget) // failures reach each waiter
    return shared
  }

  #forget(key: string, shared: Shared<T>): void {
    if (this.#underWay.get(key) === shared) this.#underWay.delete(key)
  }
}

/** @throws DriverError CANCELLED as soon as the signal says so, whatever becomes of the work */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled())
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
  })
  aborted.catch(() => undefined)
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}
