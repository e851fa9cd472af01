/** Rows of `projects`, with their tags. */
import type { Project } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { addTagsTo, narrowByTags, replaceTags, type TagFilter } from './project-tags.ts'
import { assignmentsHeldBy } from './role-assignments.ts'

interface ProjectRow {
  readonly id: string
  readonly domain_id: string
  readonly parent_id: string | null
  readonly name: string
  readonly description: string
  readonly enabled: number | boolean
  readonly immutable: number | boolean
  readonly created_at: number | string
}

export interface ProjectFilter extends TagFilter {
  readonly name?: string
  readonly domainId?: string
  readonly enabled?: boolean
  readonly ids?: readonly string[]
  /** null: those directly below their domain. */
  readonly parentId?: string | null
}

export type ProjectChanges = Partial<Pick<Project, 'name' | 'description' | 'enabled' | 'immutable' | 'tags'>>

const table = (db: Db) => db<ProjectRow>('projects')

/** Inside a transaction when it has tags. */
export async function insertProject(db: Db, project: Project): Promise<void> {
  await table(db).insert({
    id: project.id,
    domain_id: project.domainId,
    parent_id: project.parentId,
    name: project.name,
    description: project.description,
    enabled: project.enabled,
    immutable: project.immutable,
    created_at: project.createdAtMs,
  })
  await replaceTags(db, project.id, project.tags)
}

export async function findProject(db: Db, id: string): Promise<Project | undefined> {
  return (await toProjects(db, await table(db).where({ id })))[0]
}

export async function findProjectByName(db: Db, domainId: string, name: string): Promise<Project | undefined> {
  return (await toProjects(db, await table(db).where({ domain_id: domainId, name })))[0]
}

export async function listProjects(db: Db, filter: ProjectFilter = {}): Promise<Project[]> {
  const query = table(db).orderBy('name')
  if (filter.name !== undefined) query.where('name', filter.name)
  if (filter.domainId !== undefined) query.where('domain_id', filter.domainId)
  if (filter.enabled !== undefined) query.where('enabled', filter.enabled)
  if (filter.ids !== undefined) query.whereIn('id', [...filter.ids])
  if (filter.parentId !== undefined) query.where({ parent_id: filter.parentId })
  narrowByTags(db, query, filter)
  return toProjects(db, await query)
}

/** The projects on which the user holds a role: by itself or through a group, there or inherited from above. */
export async function listProjectsOfUser(db: Db, userId: UserId): Promise<Project[]> {
  const held = (column: string) => assignmentsHeldBy(db, userId).whereNotNull(column).select(column)
  const query = table(db).orderBy('name')
  query
    .whereIn('id', held('project_id'))
    .orWhereIn('domain_id', held('inherited_domain_id'))
    .orWhereIn('id', idsBelow(db, held('inherited_project_id')))
  return toProjects(db, await query)
}

/** All projects below it, however deep; a parent before its children. */
export async function listProjectsBelow(db: Db, id: string): Promise<Project[]> {
  return sortDown(
    id,
    await toProjects(
      db,
      await table(db)
        .whereIn('id', idsBelow(db, [id]))
        .orderBy('name'),
    ),
  )
}

/** The projects above it, the nearest first. */
export async function listProjectsAbove(db: Db, project: Project): Promise<Project[]> {
  const above: Project[] = []
  let next = project.parentId
  while (next !== null) {
    const parent = await findProject(db, next)
    if (parent === undefined) break
    above.push(parent)
    next = parent.parentId
  }
  return above
}

function idsBelow(db: Db, tops: readonly string[] | ReturnType<typeof assignmentsHeldBy>) {
  return db
    .withRecursive('below', ['id'], (below) =>
      below
        .from('projects')
        .whereIn('parent_id', tops as never)
        .select('id')
        .union((next) => next.from('projects as p').join('below as x', 'x.id', 'p.parent_id').select('p.id')),
    )
    .from('below')
    .select('id')
}

function sortDown(topId: string, projects: readonly Project[]): Project[] {
  const children = projects.filter(({ parentId }) => parentId === topId)
  return children.flatMap((child) => [child, ...sortDown(child.id, projects)])
}

/** Inside a transaction when tags change. @returns false when there is no such project. */
export async function updateProject(db: Db, id: ProjectId, { tags, ...columns }: ProjectChanges): Promise<boolean> {
  if (tags !== undefined) await replaceTags(db, id, tags)
  if (Object.keys(columns).length === 0) return (await table(db).where({ id }).first('id')) !== undefined
  return (await table(db).where({ id }).update(columns)) > 0
}

/** Inside a transaction: the project stays as it is before that ends, and no other writer gets at it. */
export async function lockProject(trx: Db, id: string): Promise<void> {
  await trx('projects').where({ id }).forUpdate().first('id')
}

/** Takes the project's tokens and role assignments with it. @returns false when there is no such project. */
export async function deleteProject(db: Db, id: ProjectId): Promise<boolean> {
  await db('users').where({ default_project_id: id }).update({ default_project_id: null })
  return (await table(db).where({ id }).delete()) > 0
}

async function toProjects(db: Db, rows: readonly ProjectRow[]): Promise<Project[]> {
  return addTagsTo(
    db,
    rows.map((row) => ({
      id: row.id as ProjectId,
      domainId: row.domain_id,
      parentId: row.parent_id as ProjectId | null,
      name: row.name,
      description: row.description,
      enabled: Boolean(row.enabled),
      immutable: Boolean(row.immutable),
      createdAtMs: Number(row.created_at),
    })),
  )
}
