/**
 * Summaries of the rows that were read last. A row that is the same, column by column, as the one read before gives the
 * same object again: nothing can be stale, since every row is read anew, and whoever derives something from a summary
 * may keep it by the object's identity. Where rows have a version, that and what was joined to them tells as much.
 */
import type { InstanceSummary } from './instances.ts'

type Row = Readonly<Record<string, unknown>>

const maxKept = 1_000
/** Metadata and user data can be large; such rows are made anew each time. */
const maxCharacters = 8_192

export class KeptSummaries {
  readonly #make: (row: Row) => InstanceSummary
  readonly #kept = new Map<unknown, { readonly row: Row; readonly summary: InstanceSummary }>()

  constructor(make: (row: Row) => InstanceSummary) {
    this.#make = make
  }

  /** @param stamp the row's id, version and what is joined to it */
  find(stamp: Row): InstanceSummary | undefined {
    const known = this.#kept.get(stamp['id'])
    return known !== undefined && isSame(stamp, known.row) ? known.summary : undefined
  }

  of(row: Row): InstanceSummary {
    const same = this.find(row)
    if (same !== undefined) return same
    const id = row['id']
    const summary = this.#make(row)
    this.#kept.delete(id)
    if (charactersOf(row) <= maxCharacters) this.#keep(id, row, summary)
    return summary
  }

  #keep(id: unknown, row: Row, summary: InstanceSummary): void {
    if (this.#kept.size >= maxKept) this.#kept.delete(this.#kept.keys().next().value)
    this.#kept.set(id, { row, summary })
  }
}

/** Columns that are no plain values (no database has any today) count as changed. */
function isSame(stamp: Row, row: Row): boolean {
  for (const column in stamp) if (stamp[column] !== row[column]) return false
  return true
}

function charactersOf(row: Row): number {
  let sum = 0
  for (const column in row) {
    const value = row[column]
    if (typeof value === 'string') sum += value.length
  }
  return sum
}
