import type { Microversion } from '../../contract/microversion.ts'
import { PolyvisorError } from '../../model/errors.ts'
import type { AuthContext } from '../../model/token.ts'
import type { InstanceSummary } from '../../store/read-model.ts'
import type { Services } from '../services.ts'

/** The server of that id. @throws PolyvisorError not-found, also for deleted ones and for other projects' unless an admin asks */
export async function visibleServer(services: Services, id: string, auth: AuthContext): Promise<InstanceSummary> {
  const summary = await find(services, id, auth)
  if (summary?.instance.deletedAtMs === null) return summary
  throw noServer(id)
}

/** The same for what outlives a server: from 2.21 on what was done to deleted ones is shown too. @throws PolyvisorError not-found */
export async function serverWithHistory(
  services: Services,
  id: string,
  auth: AuthContext,
  version: Microversion,
): Promise<InstanceSummary> {
  if (version < 21) return visibleServer(services, id, auth)
  const summary = await find(services, id, auth)
  if (summary === undefined) throw noServer(id)
  return summary
}

async function find(services: Services, id: string, auth: AuthContext): Promise<InstanceSummary | undefined> {
  const summary = await services.readModel.instance(id)
  const isMine = auth.isAdmin || summary?.instance.projectId === auth.projectId
  return isMine ? summary : undefined
}

function noServer(id: string): PolyvisorError {
  return new PolyvisorError('not-found', 'instance-not-found', `Instance ${id} could not be found.`)
}
