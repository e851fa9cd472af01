/** Statements that knex cannot say the same way for both databases. */
import { isPostgres, type Db } from './database.ts'

export type RawRow = Readonly<Record<string, unknown>>
export type Binding = string | number | null

/** With `?` for each binding. */
export interface RawStatement {
  readonly sql: string
  readonly bindings: readonly Binding[]
}

/** Runs a statement with `?` for each binding. @returns its rows */
export async function rawRows(db: Db, sql: string, bindings: readonly Binding[]): Promise<readonly RawRow[]> {
  const answer: unknown = await db.raw(sql, bindings)
  return isPostgres(db) ? (answer as { rows: RawRow[] }).rows : (answer as RawRow[])
}
