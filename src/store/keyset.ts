/** Paging by the last row seen instead of by counting rows: stable while rows come and go. */
import type { Knex } from 'knex'

export interface SortKey {
  /** A column, or an SQL expression over columns that is never null. Never text from outside. */
  readonly expression: string
}

export interface DirectedSortKey extends SortKey {
  readonly descending: boolean
}

/** Adds: (a > A) or (a = A and b > B) or …, with < where a key descends. The keys together must be unique. */
export function afterMarker(
  query: Knex.QueryBuilder,
  keys: readonly DirectedSortKey[],
  values: readonly (string | number)[],
): void {
  query.where((any) => {
    keys.forEach(({ expression, descending }, index) => {
      any.orWhere((all) => {
        keys.slice(0, index).forEach((equal, i) => all.whereRaw(`${equal.expression} = ?`, [values[i] ?? '']))
        all.whereRaw(`${expression} ${descending ? '<' : '>'} ?`, [values[index] ?? ''])
      })
    })
  })
}
