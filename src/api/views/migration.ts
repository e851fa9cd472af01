/** Moves of servers as Nova shows them. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { isLiveUnderWay, type ServerMigration } from '../../model/server-migration.ts'
import type { LiveMigration } from '../../operations/live-migrations.ts'
import { resourceLinks, type LinkBase } from './links.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

export function migrationView(migration: ServerMigration, version: Microversion, base: LinkBase): Schemas['Migration'] {
  const { id, instanceId, uuid, type } = migration
  const links = { links: resourceLinks(base, `servers/${instanceId}/migrations`, String(id)) }
  return {
    id,
    status: migration.status,
    instance_uuid: instanceId,
    ...placesOf(migration),
    old_instance_type_id: numberOf(migration.oldFlavorId),
    new_instance_type_id: numberOf(migration.newFlavorId),
    created_at: toNaive(migration.createdAtMs),
    updated_at: toNaive(migration.updatedAtMs),
    ...(version >= 23 ? { migration_type: type, ...(isLiveUnderWay(migration) ? links : {}) } : {}),
    ...(version >= 59 ? { uuid } : {}),
    ...(version >= 80 ? { user_id: migration.userId, project_id: migration.projectId } : {}),
  } as Schemas['Migration']
}

/** One under way; its host's progress is the memory's and the disks' together. */
export function serverMigrationView(
  { migration, operation }: LiveMigration,
  version: Microversion,
): Schemas['ServerMigration'] {
  const { doneBytes = 0, totalBytes = 0 } = operation?.progress?.phase === 'migrate' ? operation.progress : {}
  return {
    id: migration.id,
    status: migration.status,
    server_uuid: migration.instanceId,
    ...placesOf(migration),
    created_at: toNaive(migration.createdAtMs),
    updated_at: toNaive(migration.updatedAtMs),
    memory_total_bytes: totalBytes,
    memory_processed_bytes: doneBytes,
    memory_remaining_bytes: Math.max(0, totalBytes - doneBytes),
    disk_total_bytes: 0,
    disk_processed_bytes: 0,
    disk_remaining_bytes: 0,
    ...(version >= 59 ? { uuid: migration.uuid } : {}),
    ...(version >= 80 ? { user_id: migration.userId, project_id: migration.projectId } : {}),
  } as Schemas['ServerMigration']
}

/** A host is node and compute service in one. */
function placesOf({ sourceHost, destHost }: ServerMigration) {
  return {
    source_node: sourceHost,
    source_compute: sourceHost,
    dest_node: destHost,
    dest_compute: destHost,
    dest_host: null,
  }
}

/** Nova gives numbers that no other call knows; ours are the flavors' own ids where those are numbers. */
function numberOf(flavorId: string): number | null {
  return /^\d{1,9}$/.test(flavorId) ? Number(flavorId) : null
}
