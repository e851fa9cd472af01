/** Lets others have their turn in the middle of work that would go on for long without waiting for anything. */

const longestTurnMs = 10

let lastTurnMs = 0
let nextTurn: Promise<void> | undefined

/**
 * To be awaited between two pieces of such work. It waits for the event loop's next turn when 10 ms have gone by since the
 * last one that it waited for: promises that are settled already never let a timer or a socket come in between.
 *
 * @returns nothing when there is no need to wait, which costs no more than reading the clock
 */
export function breathe(): Promise<void> | undefined {
  // All wait for the same turn: as long as one of them went on, it would not come.
  if (nextTurn !== undefined || performance.now() - lastTurnMs <= longestTurnMs) return nextTurn
  nextTurn = new Promise((resolve) =>
    setImmediate(() => {
      nextTurn = undefined
      lastTurnMs = performance.now()
      resolve()
    }),
  )
  return nextTurn
}
