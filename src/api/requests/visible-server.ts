import { PolyvisorError } from '../../model/errors.ts'
import type { AuthContext } from '../../model/token.ts'
import type { InstanceSummary } from '../../store/read-model.ts'
import type { Services } from '../services.ts'

/** The server of that id. @throws PolyvisorError not-found, also for deleted ones and for other projects' unless an admin asks */
export async function visibleServer(services: Services, id: string, auth: AuthContext): Promise<InstanceSummary> {
  const summary = await services.readModel.instance(id)
  const mine = summary !== undefined && (auth.isAdmin || summary.instance.projectId === auth.projectId)
  if (mine && summary.instance.deletedAtMs === null) return summary
  throw new PolyvisorError('not-found', 'instance-not-found', `Instance ${id} could not be found.`)
}
