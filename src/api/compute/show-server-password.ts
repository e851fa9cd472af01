import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

/** Guests post it to the metadata service, which is not built: there is none. */
export const showServerPassword: Handler<'showServerPassword'> = async ({ params, auth }, services) => {
  await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { password: '' } }
}
