/**
 * A copy of the database as of one moment, and questions to such a copy. The service may run meanwhile: in WAL mode a
 * reader sees one snapshot and holds nobody up. A copy belongs to whoever made it; no service has it open.
 */
import { DatabaseSync } from 'node:sqlite'
import { isBreaking, knownMigrations } from './migrations.ts'

const busyTimeoutMs = 10_000

/** Writes the database `from` as of now into the new file `to`. @throws when `from` is missing or no database */
export function copyDatabase(from: string, to: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: busyTimeoutMs })
  try {
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
}

/** What an image's file must hold. */
export interface ImageFacts {
  readonly id: string
  readonly sizeBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** @returns the images whose files belong to this copy */
export function listImagesOfCopy(file: string): readonly ImageFacts[] {
  const sql = `select id, size_bytes as sizeBytes, sha256 from images where status = 'active' order by id`
  return withCopy(file, (copy) => copy.prepare(sql).all() as unknown as ImageFacts[])
}

/** For images whose deletion was under way: the next start ends it. */
export function markImagesDeletedInCopy(file: string, ids: readonly string[]): void {
  withCopy(file, (copy) => {
    const statement = copy.prepare(`update images set status = 'deleting' where id = ?`)
    for (const id of ids) statement.run(id)
  })
}

/** @returns what is wrong with it, one a line; empty when it is whole and this version can use it */
export async function findFaultsInCopy(file: string): Promise<readonly string[]> {
  const known = await knownMigrations()
  return withCopy(file, (copy) => {
    const checked = copy.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[]
    const faults = checked.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    const applied = copy.prepare('select name from knex_migrations').all() as { name: string }[]
    const newer = applied.filter(({ name }) => isBreaking(name) && !known.has(name)).map(({ name }) => name)
    return newer.length === 0 ? faults : [...faults, `it was made by a newer version (${newer.join(', ')})`]
  })
}

function withCopy<T>(file: string, work: (copy: DatabaseSync) => T): T {
  const copy = new DatabaseSync(file)
  try {
    return work(copy)
  } finally {
    copy.close()
  }
}
