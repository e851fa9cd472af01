/** Limits as Nova shows them: under names of their own, fewer with every microversion that took a service out of Nova. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { QuotaLimits, QuotaName } from '../../model/quotas.ts'

type AbsoluteLimits = components['schemas']['AbsoluteLimits']
type Amounts = Readonly<Record<QuotaName, number>>

export function limitsView(max: QuotaLimits, used: Amounts, version: Microversion): AbsoluteLimits {
  return {
    maxServerMeta: max.metadataItems,
    maxTotalCores: max.cores,
    maxTotalInstances: max.instances,
    maxTotalRAMSize: max.ramMb,
    maxTotalKeypairs: max.keyPairs,
    maxServerGroups: max.serverGroups,
    maxServerGroupMembers: max.serverGroupMembers,
    totalCoresUsed: used.cores,
    totalInstancesUsed: used.instances,
    totalRAMUsed: used.ramMb,
    totalServerGroupsUsed: used.serverGroups,
    ...(version < 39 ? { maxImageMeta: max.metadataItems } : {}),
    ...(version < 57 ? { maxPersonality: max.injectedFiles, maxPersonalitySize: max.injectedFileContentBytes } : {}),
    ...(version < 36 ? networkLimits(max, used) : {}),
  }
}

function networkLimits(max: QuotaLimits, used: Amounts): AbsoluteLimits | object {
  return {
    maxSecurityGroups: max.securityGroups,
    maxSecurityGroupRules: max.securityGroupRules,
    maxTotalFloatingIps: max.floatingIps,
    totalFloatingIpsUsed: used.floatingIps,
    totalSecurityGroupsUsed: used.securityGroups,
  }
}
