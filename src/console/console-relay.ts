/**
 * Where the two ends of a console meet: whoever wants it waits here under a random key that is good once, and the agent
 * that was asked for it brings its stream to that key. Both come to this process.
 */
import type { Duplex } from 'node:stream'
import type { AgentId } from '../model/ids.ts'
import { randomText } from '../util/random-text.ts'

interface Waiting {
  readonly agentId: AgentId
  readonly arrived: PromiseWithResolvers<Duplex>
}

export interface ExpectedConsole {
  readonly key: string
  readonly arrived: Promise<Duplex>
  /** Nobody waits any more; a stream that came nevertheless is closed. */
  forget(): void
}

export class ConsoleRelay {
  readonly #waiting = new Map<string, Waiting>()

  expect(agentId: AgentId): ExpectedConsole {
    const key = randomText(32)
    const arrived = Promise.withResolvers<Duplex>()
    this.#waiting.set(key, { agentId, arrived })
    const forget = (): void => {
      if (this.#waiting.delete(key)) return
      arrived.promise.then((stream) => stream.destroy()).catch(() => undefined)
    }
    return { key, arrived: arrived.promise, forget }
  }

  /** Whether that agent is awaited under the key. */
  awaits(key: string, agentId: AgentId): boolean {
    return this.#waiting.get(key)?.agentId === agentId
  }

  /** Uses the key up. @returns false when nobody waits for it */
  bring(key: string, stream: Duplex): boolean {
    const waiting = this.#waiting.get(key)
    this.#waiting.delete(key)
    waiting?.arrived.resolve(stream)
    return waiting !== undefined
  }
}
