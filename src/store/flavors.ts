/** Rows of `flavors`. */
import type { Knex } from 'knex'
import type { Flavor } from '../model/flavor.ts'
import type { FlavorId, ProjectId } from '../model/ids.ts'
import { maxInteger } from './bindings.ts'
import type { Db } from './database.ts'
import { afterMarker, type SortKey } from './keyset.ts'
import { fromJson, toBoolean, toJson, toNumber } from './rows.ts'

type Row = Record<string, unknown>

export type FlavorSortKey = 'id' | 'name' | 'vcpus' | 'memory' | 'disk' | 'ephemeral' | 'swap' | 'created'

export interface FlavorFilter {
  /** undefined: both. */
  readonly isPublic?: boolean | undefined
  /** With public ones, those that this project may use too. */
  readonly projectId?: ProjectId | undefined
  readonly minMemoryMb?: number | undefined
  readonly minDiskGb?: number | undefined
}

export interface FlavorPage {
  readonly sortKey: FlavorSortKey
  readonly descending: boolean
  readonly limit: number
  /** Begin after this flavor. */
  readonly marker?: FlavorId | undefined
}

const sortColumns: Readonly<Record<FlavorSortKey, SortKey>> = {
  id: { expression: 'id' },
  name: { expression: 'name' },
  vcpus: { expression: 'vcpus' },
  memory: { expression: 'memory_mb' },
  disk: { expression: 'disk_gb' },
  ephemeral: { expression: 'ephemeral_gb' },
  swap: { expression: 'swap_mb' },
  created: { expression: 'created_at' },
}

/** @throws what isUniqueViolation recognises when the id or the name is taken */
export async function insertFlavor(db: Db, flavor: Flavor, nowMs: number): Promise<void> {
  await db('flavors').insert({
    id: flavor.id,
    name: flavor.name,
    vcpus: flavor.vcpus,
    memory_mb: flavor.memoryMb,
    disk_gb: flavor.diskGb,
    ephemeral_gb: flavor.ephemeralGb,
    swap_mb: flavor.swapMb,
    rxtx_factor: flavor.rxtxFactor,
    public: flavor.isPublic,
    disabled: flavor.disabled,
    description: flavor.description,
    extra_specs: toJson(flavor.extraSpecs),
    created_at: nowMs,
  })
}

export async function findFlavor(db: Db, id: FlavorId): Promise<Flavor | undefined> {
  const row = (await db('flavors').where({ id }).first()) as Row | undefined
  return row === undefined ? undefined : toFlavor(row)
}

/** Inside a transaction: nobody else changes it before that ends. */
export async function findFlavorToChange(trx: Db, id: FlavorId): Promise<Flavor | undefined> {
  const row = (await trx('flavors').where({ id }).forNoKeyUpdate().first()) as Row | undefined
  return row === undefined ? undefined : toFlavor(row)
}

export async function findFlavorByName(db: Db, name: string): Promise<Flavor | undefined> {
  const row = (await db('flavors').where({ name }).first()) as Row | undefined
  return row === undefined ? undefined : toFlavor(row)
}

/** @returns undefined when the marker is unknown */
export async function listFlavors(
  db: Db,
  filter: FlavorFilter,
  page: FlavorPage,
): Promise<readonly Flavor[] | undefined> {
  const query = db('flavors')
  restrictPublicity(db, query, filter)
  // More than the columns hold is more than any flavor has.
  if (Math.max(filter.minMemoryMb ?? 0, filter.minDiskGb ?? 0) > maxInteger) query.whereRaw('1 = 0')
  else {
    if (filter.minMemoryMb !== undefined) query.where('memory_mb', '>=', filter.minMemoryMb)
    if (filter.minDiskGb !== undefined) query.where('disk_gb', '>=', filter.minDiskGb)
  }
  const keys = [sortColumns[page.sortKey], sortColumns.id].map((key) => ({ ...key, descending: page.descending }))
  if (page.marker !== undefined) {
    const known = db('flavors').where({ id: page.marker })
    // A private one is as unknown as none to those who may not see it.
    if (filter.isPublic === true) restrictPublicity(db, known, filter)
    const last = (await known.first()) as Row | undefined
    if (last === undefined) return undefined
    afterMarker(
      query,
      keys,
      keys.map((key) => last[key.expression] as string | number),
    )
  }
  orderBy(query, keys)
  const rows = (await query.limit(page.limit)) as Row[]
  return rows.map(toFlavor)
}

function restrictPublicity(db: Db, query: Knex.QueryBuilder, { isPublic, projectId }: FlavorFilter): void {
  if (isPublic === undefined) return
  query.where((either) => {
    either.where('public', isPublic)
    if (isPublic && projectId !== undefined)
      either.orWhereIn('id', db('flavor_access').where({ project_id: projectId }).select('flavor_id'))
  })
}

function orderBy(query: Knex.QueryBuilder, keys: readonly { expression: string; descending: boolean }[]): void {
  query.orderBy(keys.map(({ expression, descending }) => ({ column: expression, order: descending ? 'desc' : 'asc' })))
}

/** @returns false when there is no such flavor */
export async function setFlavorDescription(db: Db, id: FlavorId, description: string | null): Promise<boolean> {
  return (await db('flavors').where({ id }).update({ description })) === 1
}

/** @returns false when there is no such flavor */
export async function setFlavorExtraSpecs(
  db: Db,
  id: FlavorId,
  specs: Readonly<Record<string, string>>,
): Promise<boolean> {
  return (
    (await db('flavors')
      .where({ id })
      .update({ extra_specs: toJson(specs) })) === 1
  )
}

/** @returns false when there is no such flavor */
export async function deleteFlavor(db: Db, id: FlavorId): Promise<boolean> {
  return (await db('flavors').where({ id }).delete()) === 1
}

export function toFlavor(row: Row): Flavor {
  return {
    id: row['id'] as FlavorId,
    name: row['name'] as string,
    vcpus: toNumber(row['vcpus']),
    memoryMb: toNumber(row['memory_mb']),
    diskGb: toNumber(row['disk_gb']),
    ephemeralGb: toNumber(row['ephemeral_gb']),
    swapMb: toNumber(row['swap_mb']),
    rxtxFactor: toNumber(row['rxtx_factor']),
    isPublic: toBoolean(row['public']),
    disabled: toBoolean(row['disabled']),
    description: row['description'] as string | null,
    extraSpecs: fromJson<Record<string, string>>(row['extra_specs']),
  }
}
