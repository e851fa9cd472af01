/** Rows of `projects`. */
import type { Project } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

interface ProjectRow {
  readonly id: string
  readonly domain_id: string
  readonly name: string
  readonly description: string
  readonly enabled: number | boolean
  readonly created_at: number | string
}

export interface ProjectFilter {
  readonly name?: string
  readonly domainId?: string
  readonly enabled?: boolean
  readonly ids?: readonly ProjectId[]
}

export type ProjectChanges = Partial<Pick<Project, 'name' | 'description' | 'enabled'>>

const table = (db: Db) => db<ProjectRow>('projects')

export async function insertProject(db: Db, project: Project): Promise<void> {
  await table(db).insert({
    id: project.id,
    domain_id: project.domainId,
    name: project.name,
    description: project.description,
    enabled: project.enabled,
    created_at: project.createdAtMs,
  })
}

export async function findProject(db: Db, id: string): Promise<Project | undefined> {
  const row = await table(db).where({ id }).first()
  return row === undefined ? undefined : toProject(row)
}

export async function findProjectByName(db: Db, domainId: string, name: string): Promise<Project | undefined> {
  const row = await table(db).where({ domain_id: domainId, name }).first()
  return row === undefined ? undefined : toProject(row)
}

export async function listProjects(db: Db, filter: ProjectFilter = {}): Promise<Project[]> {
  const query = table(db).orderBy('name')
  if (filter.name !== undefined) query.where('name', filter.name)
  if (filter.domainId !== undefined) query.where('domain_id', filter.domainId)
  if (filter.enabled !== undefined) query.where('enabled', filter.enabled)
  if (filter.ids !== undefined) query.whereIn('id', [...filter.ids])
  return (await query).map(toProject)
}

/** The projects on which the user holds a role. */
export async function listProjectsOfUser(db: Db, userId: UserId): Promise<Project[]> {
  const mine = db('role_assignments').where({ user_id: userId }).whereNotNull('project_id').select('project_id')
  return (await table(db).whereIn('id', mine).orderBy('name')).map(toProject)
}

/** @returns false when there is no such project. */
export async function updateProject(db: Db, id: ProjectId, changes: ProjectChanges): Promise<boolean> {
  return (await table(db).where({ id }).update(changes)) > 0
}

/** Takes the project's tokens and role assignments with it. @returns false when there is no such project. */
export async function deleteProject(db: Db, id: ProjectId): Promise<boolean> {
  await db('users').where({ default_project_id: id }).update({ default_project_id: null })
  return (await table(db).where({ id }).delete()) > 0
}

function toProject(row: ProjectRow): Project {
  return {
    id: row.id as ProjectId,
    domainId: row.domain_id,
    name: row.name,
    description: row.description,
    enabled: Boolean(row.enabled),
    createdAtMs: Number(row.created_at),
  }
}
