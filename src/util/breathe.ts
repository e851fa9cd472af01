/** Lets others have their turn in the middle of work that would go on for long without waiting for anything. */

const longestTurnMs = 10

let turnBeganMs: number | undefined

/**
 * To be awaited between two pieces of such work. It waits for the event loop's next turn when the present one has taken
 * 10 ms: promises that are settled already never let a timer or a socket come in between.
 */
export async function breathe(): Promise<void> {
  const nowMs = performance.now()
  if (turnBeganMs === undefined) {
    turnBeganMs = nowMs
    setImmediate(() => (turnBeganMs = undefined))
  } else if (nowMs - turnBeganMs > longestTurnMs) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
