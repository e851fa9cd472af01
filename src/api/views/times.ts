/** The ways in which OpenStack writes a moment. All are UTC. */

/** `2026-11-22T11:05:00Z` */
export function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** `2026-11-22T11:05:00.123000`: microseconds, and no word of the zone. */
export function toNaive(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000`
}

/** Ours: `2026-11-22T11:05:00.123Z` */
export function toMilliseconds(ms: number): string {
  return new Date(ms).toISOString()
}
