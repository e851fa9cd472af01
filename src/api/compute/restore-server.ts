import { conflict } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const restoreServer: Handler<'restoreServer'> = async ({ params, auth }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const text = `Cannot 'restore' instance ${instance.id} while it is in vm_state ${instance.vmState}: it was not deleted.`
  throw conflict('not-soft-deleted', text)
}
