/** The record of a move, kept beside the operation that makes it: its status follows, nothing depends on it. */
import type { Flavor } from '../model/flavor.ts'
import type { OperationId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import type { ServerMigrationStatus, ServerMigrationType } from '../model/server-migration.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import { changeServerMigration, insertServerMigration } from '../store/server-migrations.ts'
import type { StepContext } from './engine/saga.ts'
import type { ActionContext } from './instance-service-types.ts'

/** The part of an operation's input that names its record; absent in operations that an older version began. */
export interface MigrationInput {
  readonly migrationId?: string
}

/** In the transaction that begins the operation, once the instance is ours. */
export async function insertMigrationOf(
  trx: Db,
  instance: Instance,
  of: {
    readonly uuid: string
    readonly type: ServerMigrationType
    readonly newFlavor: Flavor
    readonly isInPlace?: true
  },
  { operationId, context, nowMs }: { operationId: OperationId; context: ActionContext; nowMs: number },
): Promise<void> {
  const { uuid, type, newFlavor, isInPlace } = of
  const host = instance.hostId === null ? undefined : await findHost(trx, instance.hostId)
  const sourceHost = host?.name ?? ''
  const status = type === 'migration' || type === 'resize' ? 'pre-migrating' : 'accepted'
  const migration = {
    uuid,
    instanceId: instance.id,
    projectId: instance.projectId,
    userId: context.userId,
    operationId,
    type,
    status,
    sourceHost,
    destHost: isInPlace === true ? sourceHost : null,
    oldFlavorId: instance.flavor.id,
    newFlavorId: newFlavor.id,
  } as const
  await insertServerMigration(trx, migration, nowMs)
}

export async function noteMigration(
  trx: Db,
  { operation }: StepContext,
  changes: { readonly status?: ServerMigrationStatus; readonly destHost?: string | null },
  nowMs: number,
): Promise<void> {
  const { migrationId } = operation.input as MigrationInput
  if (migrationId !== undefined) await changeServerMigration(trx, migrationId, changes, nowMs)
}
