/** Whose quotas are asked for. */
import { forbidden } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'
import type { Services } from '../services.ts'

/** @throws PolyvisorError forbidden for others' unless an admin asks, bad-request when there is no such project */
export async function quotaProject(id: string, auth: AuthContext, services: Services): Promise<ProjectId> {
  if (id === auth.projectId) return auth.projectId
  // Nova's answer too: it says nothing about whether there is such a project.
  if (!auth.isAdmin) throw forbidden("Quotas of other projects are for admins; ask for your own project's.")
  return services.quotas.knownProject(id)
}
