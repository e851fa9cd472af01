import type { Handler } from '../handler.ts'
import { readUsagePage } from '../requests/tenant-usage.ts'
import { tenantUsageView } from '../views/tenant-usage.ts'

export const listTenantUsages: Handler<'listTenantUsages'> = async (request, services) => {
  const { usages, period, links } = await readUsagePage(request, services, { list: 'os-simple-tenant-usage' })
  const options = { withServers: request.query.detailed === '1' }
  const byProject = Map.groupBy(usages, ({ projectId }) => projectId)
  return {
    status: 200,
    body: {
      tenant_usages: [...byProject.values()].map((mine) => tenantUsageView(mine, period, options)),
      ...(links.length > 0 ? { tenant_usages_links: [...links] } : {}),
    },
  }
}
