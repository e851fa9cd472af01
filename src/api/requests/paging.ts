/** Pages of a list: one more row is asked for than is shown, which tells whether there is a next page. */

/** More than this is never shown at once; a larger limit is cut down to it, and 0 shows nothing, as in Nova. */
export const maxPageSize = 1000

export function pageSize(limit: number | undefined): number {
  return Math.min(limit ?? maxPageSize, maxPageSize)
}

export interface Page<T> {
  readonly shown: readonly T[]
  /** The last one shown, when there are more behind it. */
  readonly nextAfter: T | undefined
}

export function toPage<T>(rows: readonly T[], size: number): Page<T> {
  const shown = rows.slice(0, size)
  return { shown, nextAfter: rows.length > size ? shown.at(-1) : undefined }
}
