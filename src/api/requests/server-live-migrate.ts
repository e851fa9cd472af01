/** Live migration, whatever the microversion asks. */
import { badRequest } from '../../model/errors.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { actionContext } from './caller.ts'
import { visibleServer } from './visible-server.ts'
import { readBoolean } from './words.ts'

type LooseBoolean = boolean | string

export interface LiveMigrationWish {
  readonly host: string | null
  readonly block_migration: LooseBoolean
  readonly force?: LooseBoolean | undefined
}

/** @param autoIsKnown whether `block_migration` may be `auto` */
export async function liveMigrate(
  request: ApiRequest<'liveMigrateServer'> | ApiRequest<'liveMigrateServer225'>,
  services: Services,
  { host, block_migration: block, force }: LiveMigrationWish,
  autoIsKnown: boolean,
): Promise<void> {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const isAuto = autoIsKnown && block === 'auto'
  if (!isAuto && !readBoolean('block_migration', block)) {
    const message = `Migration pre-check error: instance ${instance.id} is not on shared storage: shared storage live-migration requires it. Ask for block_migration.`
    throw badRequest('not-on-shared-storage', message)
  }
  if (force !== undefined && readBoolean('force', force) && host === null)
    throw badRequest('force-without-host', "Can't force to a non-provided destination")
  await services.instances.liveMigrate(instance.id, { host: host ?? undefined }, actionContext(request))
}
