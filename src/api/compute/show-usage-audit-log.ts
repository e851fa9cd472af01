import type { Handler } from '../handler.ts'
import { readTime } from '../requests/words.ts'
import { usageAuditLogView } from '../views/usage-audit-log.ts'

export const showUsageAuditLog: Handler<'showUsageAuditLog'> = async ({ params }, services) => ({
  status: 200,
  body: {
    instance_usage_audit_log: usageAuditLogView(await services.readModel.hosts(), readTime('before', params.before)),
  },
})
