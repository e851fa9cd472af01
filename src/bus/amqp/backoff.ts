/** Pauses between tries: doubled up to a cap, and never the same for two processes, so that they do not come back at once. */
const firstMs = 50
const capMs = 5_000

/** @param failures how many tries failed in a row, from 1 */
export function backoffMs(failures: number): number {
  const ceiling = Math.min(capMs, firstMs * 2 ** Math.min(failures, 20))
  return ceiling / 2 + (Math.random() * ceiling) / 2
}
