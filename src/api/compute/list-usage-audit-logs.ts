import type { Handler } from '../handler.ts'
import { usageAuditLogView } from '../views/usage-audit-log.ts'

export const listUsageAuditLogs: Handler<'listUsageAuditLogs'> = async (_request, services) => ({
  status: 200,
  body: { instance_usage_audit_logs: usageAuditLogView(await services.readModel.hosts(), services.clock.nowMs()) },
})
