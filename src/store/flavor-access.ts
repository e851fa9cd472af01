/** Which projects may use flavors that are not public. */
import type { FlavorId, ProjectId } from '../model/ids.ts'
import type { Db } from './database.ts'

/** @returns false when the project has it already */
export async function insertFlavorAccess(db: Db, flavorId: FlavorId, projectId: ProjectId): Promise<boolean> {
  const inserted: unknown[] = await db('flavor_access')
    .insert({ flavor_id: flavorId, project_id: projectId })
    .onConflict(['flavor_id', 'project_id'])
    .ignore()
    .returning('project_id')
  return inserted.length > 0
}

/** @returns false when the project does not have it */
export async function deleteFlavorAccess(db: Db, flavorId: FlavorId, projectId: ProjectId): Promise<boolean> {
  return (await db('flavor_access').where({ flavor_id: flavorId, project_id: projectId }).delete()) > 0
}

export async function hasFlavorAccess(db: Db, flavorId: FlavorId, projectId: ProjectId): Promise<boolean> {
  const where = { flavor_id: flavorId, project_id: projectId }
  return (await db('flavor_access').where(where).first('project_id')) !== undefined
}

export async function listFlavorAccess(db: Db, flavorId: FlavorId): Promise<readonly ProjectId[]> {
  return (await db('flavor_access')
    .where({ flavor_id: flavorId })
    .orderBy('project_id')
    .pluck('project_id')) as ProjectId[]
}
