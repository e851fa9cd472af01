/** Quotas as Nova shows them; those of services that left Nova end with a microversion. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { novaQuotaNames, quotaNames, type QuotaLimits, type QuotaName } from '../../model/quotas.ts'

const lastMicroversion: Readonly<Partial<Record<QuotaName, Microversion>>> = {
  fixedIps: 35,
  floatingIps: 35,
  securityGroups: 35,
  securityGroupRules: 35,
  injectedFiles: 56,
  injectedFileContentBytes: 56,
  injectedFilePathBytes: 56,
}

/** The class's own history: networks left it later, and server groups came later. */
export function quotaClassSetView(limits: QuotaLimits, version: Microversion): components['schemas']['QuotaClassSet'] {
  const shown = quotaNames.filter((name) => {
    if (name === 'serverGroups' || name === 'serverGroupMembers') return version >= 50
    return version <= (lastMicroversion[name] === 35 ? 49 : (lastMicroversion[name] ?? Infinity))
  })
  const set: object = Object.fromEntries(shown.map((name) => [novaQuotaNames[name], limits[name]]))
  return set as components['schemas']['QuotaClassSet']
}

type QuotaValues<Value> = { [Name in keyof components['schemas']['QuotaSet']]: Value }

/** One value for each quota that `version` knows. */
export function quotaSetView<Value>(valueOf: (name: QuotaName) => Value, version: Microversion): QuotaValues<Value> {
  const shown = quotaNames.filter((name) => version <= (lastMicroversion[name] ?? Infinity))
  return Object.fromEntries(shown.map((name) => [novaQuotaNames[name], valueOf(name)])) as QuotaValues<Value>
}
