/** A driver whose session with the hypervisor is lost: until it has another one, its calls fail and may be repeated. */
import { waitUntil } from '../../src/util/wait-until.ts'
import type { Bench } from './bench.ts'
import { assertDriverError } from './expect-error.ts'
import type { Victim } from './fixture.ts'

const sessionBackMs = 30_000

/** Repeats the call as long as its error says that this may help. @throws that of a call that may not be repeated */
export async function untilReached(call: () => Promise<unknown>): Promise<void> {
  const again = async (): Promise<true | undefined> => {
    try {
      await call()
      return true
    } catch (error) {
      assertDriverError(error)
      if (error.retry !== 'never') return undefined
      throw error
    }
  }
  await waitUntil('the session to come back', again, { timeoutMs: sessionBackMs, everyMs: 100 })
}

export function cannotKill(victim: Victim): (bench: Bench) => string | undefined {
  return ({ fixture }) =>
    fixture.nativeFaults?.victims.includes(victim) === true ? undefined : `the fixture cannot kill the ${victim}`
}
