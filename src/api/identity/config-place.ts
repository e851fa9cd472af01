import type { OptionPlace } from '../../model/domain-config.ts'

interface ConfigPath {
  readonly domain_id: string
  readonly group?: string
  readonly option?: string
}

/** What a path under `/domains/{domain_id}/config` is about: one handler serves several of them. */
export function configPlace(params: ConfigPath): OptionPlace {
  const { domain_id: domainId, group, option } = params
  return { domainId, ...(group === undefined ? {} : { group }), ...(option === undefined ? {} : { option }) }
}
