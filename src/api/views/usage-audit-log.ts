/** Nothing here sends usage audits, as on a Nova where they are switched off: every host is one that did not. */
import type { components } from '../../contract/types.gen.ts'
import type { Host } from '../../model/host.ts'

/** Of the last whole month before the moment. */
export function usageAuditLogView(hosts: readonly Host[], beforeMs: number): components['schemas']['UsageAuditLog'] {
  const before = new Date(beforeMs)
  const monthStart = (back: number): string =>
    new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() - back))
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
  return {
    hosts_not_run: hosts.map(({ name }) => name),
    log: {},
    num_hosts: hosts.length,
    num_hosts_done: 0,
    num_hosts_not_run: hosts.length,
    num_hosts_running: 0,
    overall_status: `0 of ${hosts.length} hosts done. 0 errors.`,
    period_beginning: monthStart(1),
    period_ending: monthStart(0),
    total_errors: 0,
    total_instances: 0,
  }
}
