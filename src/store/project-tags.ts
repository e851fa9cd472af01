/** Rows of `project_tags`. */
import type { Knex } from 'knex'
import type { Project } from '../model/identity.ts'
import type { Db } from './database.ts'

export interface TagFilter {
  /** All of them. */
  readonly tags?: readonly string[]
  /** One of them at least. */
  readonly anyTags?: readonly string[]
  /** Not all of them. */
  readonly notTags?: readonly string[]
  /** None of them. */
  readonly notAnyTags?: readonly string[]
}

interface TagRow {
  readonly project_id: string
  readonly name: string
}

const table = (db: Db) => db<TagRow>('project_tags')
/** More are asked for in several queries: databases limit how many values a statement takes. */
const atOnce = 500

export async function addTagsTo(db: Db, projects: readonly Omit<Project, 'tags'>[]): Promise<Project[]> {
  const tags = new Map<string, string[]>()
  for (let from = 0; from < projects.length; from += atOnce) {
    const ids = projects.slice(from, from + atOnce).map(({ id }) => id)
    for (const row of await table(db).whereIn('project_id', ids).orderBy('name')) {
      tags.set(row.project_id, [...(tags.get(row.project_id) ?? []), row.name])
    }
  }
  return projects.map((project) => ({ ...project, tags: tags.get(project.id) ?? [] }))
}

/** Adding twice is one tag. */
export async function insertTag(db: Db, projectId: string, name: string): Promise<void> {
  await table(db).insert({ project_id: projectId, name }).onConflict().ignore()
}

/** @returns false when there was no such tag. */
export async function deleteTag(db: Db, projectId: string, name: string): Promise<boolean> {
  return (await table(db).where({ project_id: projectId, name }).delete()) > 0
}

/** Inside a transaction. */
export async function replaceTags(trx: Db, projectId: string, names: readonly string[]): Promise<void> {
  await table(trx).where({ project_id: projectId }).delete()
  if (names.length === 0) return
  await table(trx)
    .insert([...new Set(names)].map((name) => ({ project_id: projectId, name })))
    .onConflict()
    .ignore()
}

export function narrowByTags(db: Db, query: Knex.QueryBuilder, filter: TagFilter): void {
  const { tags, anyTags, notTags, notAnyTags } = filter
  const withAny = (names: readonly string[]) =>
    table(db)
      .whereIn('name', [...names])
      .select('project_id')
  const withAll = (names: readonly string[]) =>
    withAny(names)
      .groupBy('project_id')
      .havingRaw('count(*) = ?', [new Set(names).size])
  if (tags !== undefined) query.whereIn('id', withAll(tags))
  if (anyTags !== undefined) query.whereIn('id', withAny(anyTags))
  if (notTags !== undefined) query.whereNotIn('id', withAll(notTags))
  if (notAnyTags !== undefined) query.whereNotIn('id', withAny(notAnyTags))
}
