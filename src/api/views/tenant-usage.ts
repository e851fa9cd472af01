/** Usage as Nova sums it up: hours within the period, times what the flavor has. */
import type { components } from '../../contract/types.gen.ts'
import type { InstanceUsage } from '../../store/read-model.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

export interface UsagePeriod {
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
}

/** Of one project, which has at least one. */
export function tenantUsageView(
  usages: readonly InstanceUsage[],
  period: UsagePeriod,
  options: { readonly withServers: boolean },
): Schemas['TenantUsage'] {
  const sum = (amount: (usage: InstanceUsage) => number) =>
    usages.reduce((total, usage) => total + amount(usage) * hoursOf(usage, period), 0)
  return {
    tenant_id: usages[0]?.projectId ?? '',
    start: toNaive(period.fromMs),
    stop: toNaive(period.toMs),
    total_hours: sum(() => 1),
    total_vcpus_usage: sum(({ flavor }) => flavor.vcpus),
    total_memory_mb_usage: sum(({ flavor }) => flavor.memoryMb),
    total_local_gb_usage: sum(localGbOf),
    ...(options.withServers ? { server_usages: usages.map((usage) => serverUsageView(usage, period)) } : {}),
  }
}

function serverUsageView(usage: InstanceUsage, period: UsagePeriod): Schemas['ServerUsage'] {
  const { id, projectId, name, flavor, vmState, launchedAtMs, terminatedAtMs } = usage
  return {
    instance_id: id,
    tenant_id: projectId,
    name,
    flavor: flavor.name,
    vcpus: flavor.vcpus,
    memory_mb: flavor.memoryMb,
    local_gb: localGbOf(usage),
    hours: hoursOf(usage, period),
    started_at: toNaive(launchedAtMs),
    ended_at: terminatedAtMs === null ? null : toNaive(terminatedAtMs),
    uptime: Math.floor(((terminatedAtMs ?? period.nowMs) - launchedAtMs) / 1000),
    state: terminatedAtMs === null ? vmState : 'terminated',
  }
}

function localGbOf({ flavor }: InstanceUsage): number {
  return flavor.diskGb + flavor.ephemeralGb
}

function hoursOf({ launchedAtMs, terminatedAtMs }: InstanceUsage, { fromMs, toMs }: UsagePeriod): number {
  return Math.max(0, Math.min(terminatedAtMs ?? toMs, toMs) - Math.max(launchedAtMs, fromMs)) / 3_600_000
}
