/** The configuration of single domains, kept and shown for clients; model/domain-config.ts says what it is worth. */
import {
  defaultDomainConfig,
  secretOptions,
  type ConfigValue,
  type DomainConfig,
  type OptionPlace,
} from '../model/domain-config.ts'
import { badRequest, forbidden, notFound } from '../model/errors.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import * as store from '../store/domain-configs.ts'
import { findDomain } from '../store/domains.ts'
import type { Seal } from './seal.ts'

export class DomainConfigs {
  readonly #db: Db
  readonly #seal: Seal

  constructor({ db, seal }: { readonly db: Db; readonly seal: Seal }) {
    this.#db = db
    this.#seal = seal
  }

  /** Of a group or option alone where the place says so. @throws PolyvisorError domain- or domain-config-not-found, forbidden */
  async get(place: OptionPlace): Promise<DomainConfig> {
    requireKnown(place)
    await this.#requireDomain(place.domainId)
    const found = await store.listDomainOptions(this.#db, place)
    if (found.length === 0) throw nothingThere(place)
    return gather(found.filter(({ group, option }) => !isSecret(group, option)))
  }

  /** In place of what is there. @returns whether there was nothing before @throws PolyvisorError domain-not-found, forbidden, bad-request */
  async replace(domainId: string, config: DomainConfig): Promise<boolean> {
    const options = this.#close(domainId, config)
    if (options.length === 0) throw badRequest('no-options', 'Name an option at least; DELETE forgets them all.')
    await this.#requireDomain(domainId)
    return inTransaction(this.#db, async (trx) => {
      const gone = await store.deleteDomainOptions(trx, { domainId })
      await store.writeDomainOptions(trx, domainId, options)
      return gone === 0
    })
  }

  /** A group or an option that the place names must be there. @returns the whole @throws PolyvisorError as `get` */
  async update(place: OptionPlace, config: DomainConfig): Promise<DomainConfig> {
    const { domainId, group, option } = place
    requireKnown(place)
    const options = this.#close(domainId, config)
    if (options.some((one) => (group ?? one.group) !== one.group || (option ?? one.option) !== one.option))
      throw forbidden('The path names what is changed: the body holds that and nothing else.')
    await this.#requireDomain(domainId)
    if (group !== undefined && (await store.listDomainOptions(this.#db, place)).length === 0) throw nothingThere(place)
    await store.writeDomainOptions(this.#db, domainId, options)
    return this.get({ domainId })
  }

  /** @throws PolyvisorError domain- or domain-config-not-found, forbidden */
  async delete(place: OptionPlace): Promise<void> {
    requireKnown(place)
    await this.#requireDomain(place.domainId)
    if ((await store.deleteDomainOptions(this.#db, place)) === 0) throw nothingThere(place)
  }

  #close(domainId: string, config: DomainConfig): store.StoredOption[] {
    return Object.entries(config).flatMap(([group, options]) =>
      Object.entries(options).map(([option, given]) => {
        requireKnown({ group, option })
        const text = JSON.stringify(given)
        return {
          group,
          option,
          value: isSecret(group, option) ? this.#seal.close(text, `${domainId} ${option}`) : text,
        }
      }),
    )
  }

  async #requireDomain(id: string): Promise<void> {
    if ((await findDomain(this.#db, { id })) === undefined) throw notFound('domain', id)
  }
}

/** Keystone's own. @throws PolyvisorError forbidden for what nobody knows */
export function defaultConfigOf(place: Omit<OptionPlace, 'domainId'>): DomainConfig {
  requireKnown(place)
  const { group, option } = place
  if (group === undefined) return defaultDomainConfig
  const options = defaultDomainConfig[group] ?? {}
  if (option === undefined) return { [group]: options }
  if (isSecret(group, option)) throw forbidden('That option is a secret: it has no default, and is never shown.')
  return { [group]: { [option]: options[option] ?? null } }
}

function gather(options: readonly store.StoredOption[]): DomainConfig {
  const config: Record<string, Record<string, ConfigValue>> = {}
  for (const { group, option, value } of options) {
    config[group] ??= {}
    config[group][option] = JSON.parse(value) as ConfigValue
  }
  return config
}

function isSecret(group: string, option: string): boolean {
  return secretOptions[group]?.includes(option) ?? false
}

/** As Keystone: forbidden, not unknown. */
function requireKnown({ group, option }: Omit<OptionPlace, 'domainId'>): void {
  if (group === undefined) return
  const known = Object.hasOwn(defaultDomainConfig, group) ? defaultDomainConfig[group] : undefined
  if (known === undefined)
    throw forbidden(`There is no group ${group}: ${Object.keys(defaultDomainConfig).join(' and ')} can be kept.`)
  if (option === undefined || Object.hasOwn(known, option) || isSecret(group, option)) return
  throw forbidden(`The group ${group} has no option ${option} that can be kept.`)
}

function nothingThere({ domainId, group, option }: OptionPlace) {
  return notFound('domain-config', [domainId, group, option].filter((part) => part !== undefined).join('/'))
}
