import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const triggerCrashDump: Handler<'triggerCrashDump'> = async ({ params, auth }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const text = `The hypervisor of instance ${instance.id} cannot trigger a crash dump.`
  throw new PolyvisorError('not-implemented', 'crash-dump-not-built', text)
}
