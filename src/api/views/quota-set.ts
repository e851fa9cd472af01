/** Quotas as Nova shows them; those of services that left Nova end with a microversion. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { novaQuotaNames, quotaNames, type QuotaName } from '../../model/quotas.ts'

const lastMicroversion: Readonly<Partial<Record<QuotaName, Microversion>>> = {
  fixedIps: 35,
  floatingIps: 35,
  securityGroups: 35,
  securityGroupRules: 35,
  injectedFiles: 56,
  injectedFileContentBytes: 56,
  injectedFilePathBytes: 56,
}

type QuotaValues<Value> = { [Name in keyof components['schemas']['QuotaSet']]: Value }

/** One value for each quota that `version` knows. */
export function quotaSetView<Value>(valueOf: (name: QuotaName) => Value, version: Microversion): QuotaValues<Value> {
  const shown = quotaNames.filter((name) => version <= (lastMicroversion[name] ?? Infinity))
  return Object.fromEntries(shown.map((name) => [novaQuotaNames[name], valueOf(name)])) as QuotaValues<Value>
}
