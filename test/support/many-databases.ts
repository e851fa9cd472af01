/** Several users of one database, as several processes are: connection pools of their own on PostgreSQL, transactions of one on SQLite. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Db } from '../../src/store/database.ts'
import { dropTestDatabaseIn, testDatabaseIn, testEngine } from './test-database.ts'

export interface ManyDatabases {
  readonly all: readonly Db[]
  /** In turn. */
  next(): Db
  end(): Promise<void>
}

export async function openMany(count: number): Promise<ManyDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-many-'))
  const config = await testDatabaseIn(folder)
  const first = await openDatabase(config)
  const others: Db[] = []
  if (testEngine === 'postgres') while (others.length < count - 1) others.push(await openDatabase(config))
  const all = Array.from({ length: count }, (_, index) => others[index - 1] ?? first)
  let turn = 0
  return {
    all,
    next: () => all[(turn += 1) % all.length] as Db,
    async end() {
      for (const db of new Set(all)) await db.destroy()
      await dropTestDatabaseIn(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Does it that often at once. @returns what each came to */
export function atOnce<T>(times: number, work: (index: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)))
}
