import { forbidden } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { readUsagePage } from '../requests/tenant-usage.ts'
import { tenantUsageView } from '../views/tenant-usage.ts'

export const showTenantUsage: Handler<'showTenantUsage'> = async (request, services) => {
  const projectId = request.params.project_id as ProjectId
  if (projectId !== request.auth.projectId && !request.auth.isAdmin)
    throw forbidden("Usage of other projects is for admins; ask for your own project's.")
  const list = `os-simple-tenant-usage/${encodeURIComponent(projectId)}`
  const { usages, period, links } = await readUsagePage(request, services, { projectId, list })
  return {
    status: 200,
    body: {
      // Whoever used nothing has an empty report.
      tenant_usage: usages.length === 0 ? {} : tenantUsageView(usages, period, { withServers: true }),
      ...(links.length > 0 ? { tenant_usage_links: [...links] } : {}),
    },
  }
}
