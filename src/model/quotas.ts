/** How much one project may have. Texts and the compute face use Nova's names for it. */

/** Counted and enforced where instances, key pairs and metadata are written. */
export const enforcedQuotas = ['instances', 'cores', 'ramMb', 'keyPairs', 'metadataItems'] as const

/** Kept and shown, as clients expect; groups are counted when one is made, for the others there is nothing to limit. */
export const shownQuotas = [
  'injectedFiles',
  'injectedFileContentBytes',
  'injectedFilePathBytes',
  'serverGroups',
  'serverGroupMembers',
  'fixedIps',
  'floatingIps',
  'securityGroups',
  'securityGroupRules',
] as const

export const quotaNames = [...enforcedQuotas, ...shownQuotas] as const
export type QuotaName = (typeof quotaNames)[number]

/** As Nova and its clients name them. */
export const novaQuotaNames: Readonly<Record<QuotaName, string>> = {
  instances: 'instances',
  cores: 'cores',
  ramMb: 'ram',
  keyPairs: 'key_pairs',
  metadataItems: 'metadata_items',
  injectedFiles: 'injected_files',
  injectedFileContentBytes: 'injected_file_content_bytes',
  injectedFilePathBytes: 'injected_file_path_bytes',
  serverGroups: 'server_groups',
  serverGroupMembers: 'server_group_members',
  fixedIps: 'fixed_ips',
  floatingIps: 'floating_ips',
  securityGroups: 'security_groups',
  securityGroupRules: 'security_group_rules',
}

/** -1 is without a limit. */
export type QuotaLimits = Readonly<Record<QuotaName, number>>

export const unlimited = -1

/** Those that a request for instances takes from. */
export interface InstanceQuota {
  readonly instances: number
  readonly cores: number
  readonly ramMb: number
}

/** What Nova gives a project that nobody gave anything. */
export const novaQuotas: QuotaLimits = {
  instances: 10,
  cores: 20,
  ramMb: 51_200,
  keyPairs: 100,
  metadataItems: 128,
  injectedFiles: 5,
  injectedFileContentBytes: 10_240,
  injectedFilePathBytes: 255,
  serverGroups: 10,
  serverGroupMembers: 10,
  fixedIps: unlimited,
  floatingIps: unlimited,
  securityGroups: unlimited,
  securityGroupRules: unlimited,
}

/** For tests and figures that are not about quotas. */
export const noQuotas = Object.fromEntries(quotaNames.map((name) => [name, unlimited])) as QuotaLimits

/** How many more of `each` fit under `limits`; Infinity where nothing limits. */
export function roomFor(each: InstanceQuota, used: InstanceQuota, limits: InstanceQuota): number {
  const rooms = (['instances', 'cores', 'ramMb'] as const).map((name) =>
    limits[name] === unlimited || each[name] === 0
      ? Number.POSITIVE_INFINITY
      : Math.max(0, Math.floor((limits[name] - used[name]) / each[name])),
  )
  return Math.min(...rooms)
}

/** In Nova's words and order. @returns undefined when `count` of them fit */
export function overQuotaText(
  each: InstanceQuota,
  used: InstanceQuota,
  limits: InstanceQuota,
  count: { readonly min: number; readonly max: number },
): string | undefined {
  const words = [
    ['cores', 'cores'],
    ['instances', 'instances'],
    ['ramMb', 'ram'],
  ] as const
  const over = words.filter(
    ([name]) => limits[name] !== unlimited && each[name] > 0 && used[name] + each[name] * count.max > limits[name],
  )
  if (over.length === 0) return undefined
  const requested = over.map(([name]) =>
    name === 'instances' && count.min !== count.max ? `${count.min}-${count.max}` : each[name] * count.max,
  )
  const names = over.map(([, word]) => word).join(', ')
  const had = over.map(([name]) => used[name]).join(', ')
  const allowed = over.map(([name]) => limits[name]).join(', ')
  return `Quota exceeded for ${names}: Requested ${requested.join(', ')}, but already used ${had} of ${allowed} ${names}`
}
