import { forbidden } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { limitsView } from '../views/limits.ts'

export const showLimits: Handler<'showLimits'> = async ({ auth, query, microversion }, services) => {
  const projectId = (query.tenant_id ?? projectOf(auth)) as ProjectId
  if (projectId !== auth.projectId && !auth.isAdmin) throw forbidden('Limits of other projects are for admins.')
  const [limits, used] = [await services.quotas.limits(projectId), await services.quotas.used(projectId)]
  return { status: 200, body: { limits: { rate: [], absolute: limitsView(limits, used, microversion) } } }
}
