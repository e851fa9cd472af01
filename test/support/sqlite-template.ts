/** A new SQLite database with the newest schema, migrated once per process: a copy of it is there in no time. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/store/database.ts'

let template: Promise<Buffer> | undefined

/** Unless there is one already. */
export async function makeSqliteDatabase(filename: string): Promise<void> {
  const content = await (template ??= makeTemplate())
  if (!existsSync(filename)) await writeFile(filename, content, { mode: 0o600 })
}

async function makeTemplate(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-template-'))
  const db = await openDatabase({ engine: 'sqlite', filename: ':memory:' })
  try {
    const copy = join(folder, 'copy.db')
    await db.raw('vacuum into ?', [copy])
    return await readFile(copy)
  } finally {
    await db.destroy()
    await rm(folder, { recursive: true })
  }
}
