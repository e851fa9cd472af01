/** Calls `last` with the `times`th call; at once when there is none to come. */
export function countdown(times: number, last: () => void): () => void {
  let left = times
  if (left === 0) last()
  return () => {
    if (--left === 0) last()
  }
}
