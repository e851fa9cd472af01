/**
 * Guests that boot, few at a time: a boot computes for a second, and a hundred of them at once leave no core for anybody. One after the
 * other the first guests are up long before the last.
 */
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { delay } from '../../src/util/delay.ts'
import type { GuestProcess } from './proc.ts'

/** All cores have work, also while one guest waits for something. */
export const mostBooting = availableParallelism() + 1

const lookMs = 50
/** A guest has booted when it wants the cores for less than this share of the time, */
const restingShare = 0.3
/** at so many looks in a row: a boot waits for a moment now and then. */
const restingLooks = 3
/** Then it is not its boot any more that computes, or its turn has been long enough. */
const mostMs = 2_000

/** Resolves when the guest has booted, has ended, or has had its time. Keeps no process alive. */
export async function untilBooted(main: GuestProcess): Promise<void> {
  const begunAt = performance.now()
  let before = { at: begunAt, wantedMs: await wantedMsOf(main) }
  for (let resting = 0; resting < restingLooks && performance.now() < begunAt + mostMs;) {
    await delay(lookMs)
    const now = { at: performance.now(), wantedMs: await wantedMsOf(main) }
    if (before.wantedMs === undefined || now.wantedMs === undefined) return
    const share = (now.wantedMs - before.wantedMs) / (now.at - before.at)
    resting = share < restingShare ? resting + 1 : 0
    before = now
  }
}

/**
 * For how long a process has computed, or waited for a core to do so: a machine that is busy makes no guest look idle.
 * @returns milliseconds; undefined when it has ended, or the kernel does not count
 */
async function wantedMsOf({ pid }: GuestProcess): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/schedstat`, 'latin1').catch(() => '')
  const [, ran, waited] = /^([0-9]+) ([0-9]+) /.exec(text) ?? []
  return ran === undefined ? undefined : (Number(ran) + Number(waited)) / 1e6
}
