/** Rows of `domain_config_options`. Values go in and out as text. */
import type { OptionPlace } from '../model/domain-config.ts'
import type { Db } from './database.ts'

interface OptionRow {
  readonly domain_id: string
  readonly group_name: string
  readonly option_name: string
  readonly value: string
}

export interface StoredOption {
  readonly group: string
  readonly option: string
  readonly value: string
}

function rowsAt(db: Db, { domainId, group, option }: OptionPlace) {
  const query = db<OptionRow>('domain_config_options').where({ domain_id: domainId })
  if (group !== undefined) query.where({ group_name: group })
  if (option !== undefined) query.where({ option_name: option })
  return query
}

export async function listDomainOptions(db: Db, place: OptionPlace): Promise<StoredOption[]> {
  const rows = await rowsAt(db, place).orderBy(['group_name', 'option_name'])
  return rows.map((row) => ({ group: row.group_name, option: row.option_name, value: row.value }))
}

/** Those that are there already are replaced. */
export async function writeDomainOptions(db: Db, domainId: string, options: readonly StoredOption[]): Promise<void> {
  if (options.length === 0) return
  const rows = options.map(({ group, option, value }) => ({
    domain_id: domainId,
    group_name: group,
    option_name: option,
    value,
  }))
  await db('domain_config_options').insert(rows).onConflict(['domain_id', 'group_name', 'option_name']).merge()
}

/** @returns how many went. */
export async function deleteDomainOptions(db: Db, place: OptionPlace): Promise<number> {
  return rowsAt(db, place).delete()
}
