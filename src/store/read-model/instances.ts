/** Instances for readers: joined with what their host says, one query for a page. */
import { isIP } from 'node:net'
import type { Knex } from 'knex'
import type { Flavor } from '../../model/flavor.ts'
import { zoneOf } from '../../model/host.ts'
import type { InstanceId } from '../../model/ids.ts'
import type { Instance, InstanceAttributes } from '../../model/instance.ts'
import type { PowerState } from '../../model/instance-states.ts'
import type { Nic } from '../../model/network.ts'
import type { InstanceQuery, InstanceSort, InstanceSortKey, TagConditions } from '../../model/server-query.ts'
import { isPostgres, type Db } from '../database.ts'
import { toInstance } from '../instances.ts'
import { afterMarker, type DirectedSortKey } from '../keyset.ts'
import { fromJson, toBoolean } from '../rows.ts'
import { powerStateNow, restrict } from './instance-conditions.ts'
import { KeptSummaries } from './kept-summaries.ts'

export interface InstanceSummary {
  readonly instance: Instance
  /** null while no host has spoken of it. */
  readonly powerState: PowerState | null
  readonly host: InstanceHost | null
}

export interface InstanceHost {
  readonly name: string
  readonly up: boolean
  readonly enabled: boolean
  readonly zone: string
}

type Row = Record<string, unknown>

const hostColumns = [
  'hosts.name as host_name',
  'hosts.up as host_up',
  'hosts.forced_down as host_forced_down',
  'hosts.healthy as host_healthy',
  'hosts.enabled as host_enabled',
  'hosts.availability_zone as host_zone',
] as const

function joinedColumns(db: Db): readonly (string | Knex.Raw)[] {
  return [...hostColumns, db.raw(`${powerStateNow} as power_state_now`)]
}

/** All columns; on PostgreSQL the row's version too. */
function columns(db: Db): readonly (string | Knex.Raw)[] {
  const version = isPostgres(db) ? ['instances.xmin as row_version'] : []
  return ['instances.*', ...version, ...joinedColumns(db)]
}

/** Those that there are, deleted ones too, by id. */
export async function findInstanceSummaries(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InstanceSummary>> {
  const select = joined(db).select(columns(db))
  // One statement, however many there are.
  if (isPostgres(db)) select.whereRaw('instances.id = any(?)', [ids as string[]])
  else select.whereIn('instances.id', ids)
  const rows = (await select) as Row[]
  return new Map(rows.map((row) => [row['id'] as string, toSummary(row)]))
}

export async function listInstanceSummaries(
  db: Db,
  query: InstanceQuery,
): Promise<readonly InstanceSummary[] | undefined> {
  const keys = sortKeys(query.sort)
  const select = restrict(joined(db), query)
  if (query.marker !== undefined) {
    const last = await markerValues(db, query, keys)
    if (last === undefined) return undefined
    afterMarker(select, keys, last)
  }
  select.orderByRaw(keys.map(({ expression, descending }) => `${expression} ${descending ? 'desc' : 'asc'}`).join(', '))
  const matches = inMemoryFilter(query)
  if (matches === undefined) return readPage(db, select.limit(query.limit))
  const candidates = (await select.select([
    'instances.id',
    'instances.name',
    'instances.flavor',
    'instances.attributes',
    'instances.nics',
  ])) as Row[]
  const ids = candidates
    .filter(matches)
    .slice(0, query.limit)
    .map((row) => row['id'] as string)
  return inOrder(ids, await findInstanceSummaries(db, ids))
}

/** From PostgreSQL a row comes whole only when it is another version than the one that was read before. */
async function readPage(db: Db, page: Knex.QueryBuilder): Promise<readonly InstanceSummary[]> {
  if (!isPostgres(db)) return ((await page.select(columns(db))) as Row[]).map(toSummary)
  const stamps = (await page.select(['instances.id', 'instances.xmin as row_version', ...joinedColumns(db)])) as Row[]
  const known = stamps.map((stamp) => summaries.find(stamp))
  const missing = stamps.filter((_stamp, index) => known[index] === undefined).map((stamp) => stamp['id'] as string)
  const read = missing.length === 0 ? new Map<string, InstanceSummary>() : await findInstanceSummaries(db, missing)
  return stamps.flatMap((stamp, index) => known[index] ?? read.get(stamp['id'] as string) ?? [])
}

export async function listNamesByHost(
  db: Db,
): Promise<ReadonlyMap<string, readonly { id: InstanceId; name: string }[]>> {
  const rows = (await db('instances')
    .where({ deleted_at: null })
    .whereNotNull('host_id')
    .orderBy(['name', 'id'])
    .select(['id', 'name', 'host_id'])) as Row[]
  return Map.groupBy(
    rows.map((row) => ({ id: row['id'] as InstanceId, name: row['name'] as string, hostId: row['host_id'] as string })),
    (row) => row.hostId,
  )
}

function joined(db: Db): Knex.QueryBuilder {
  return db('instances')
    .leftJoin('vms', (on) => on.on('vms.instance_id', 'instances.id').andOn('vms.host_id', 'instances.host_id'))
    .leftJoin('hosts', 'hosts.id', 'instances.host_id')
}

const summaries = new KeptSummaries(makeSummary)

function toSummary(row: Row): InstanceSummary {
  return summaries.of(row)
}

function makeSummary(row: Row): InstanceSummary {
  const name = row['host_name'] as string | null
  return {
    instance: toInstance(row),
    powerState: row['power_state_now'] as PowerState | null,
    host:
      name === null
        ? null
        : {
            name,
            up: toBoolean(row['host_up']) && toBoolean(row['host_healthy']) && !toBoolean(row['host_forced_down']),
            enabled: toBoolean(row['host_enabled']),
            zone: zoneOf({ availabilityZone: row['host_zone'] as string | null }),
          },
  }
}

/** Never null, so that they may be compared for paging. */
const sortExpressions: Readonly<Record<InstanceSortKey, string>> = {
  created: 'instances.created_at',
  updated: 'instances.updated_at',
  launched: 'coalesce(instances.launched_at, 0)',
  terminated: 'coalesce(instances.terminated_at, 0)',
  id: 'instances.id',
  name: 'instances.name',
  description: "coalesce(instances.description, '')",
  host: "coalesce(hosts.name, '')",
  'vm-state': 'instances.vm_state',
  'task-state': "coalesce(instances.task_state, '')",
  'power-state': `coalesce(${powerStateNow}, '')`,
  project: 'instances.project_id',
  user: 'instances.user_id',
  'key-name': "coalesce(instances.key_name, '')",
  image: "coalesce(instances.image_id, '')",
  'availability-zone': "coalesce(instances.availability_zone, '')",
  locked: 'case when instances.locked_by is null then 0 else 1 end',
  'config-drive': 'case when instances.config_drive then 1 else 0 end',
}

/** The wanted keys, and the id last of all: together they are unique. */
function sortKeys(sort: readonly InstanceSort[]): readonly DirectedSortKey[] {
  const keys = sort.map(({ key, descending }) => ({ expression: sortExpressions[key], descending }))
  return [...keys, { expression: sortExpressions.id, descending: keys.at(-1)?.descending ?? true }]
}

async function markerValues(
  db: Db,
  query: InstanceQuery,
  keys: readonly DirectedSortKey[],
): Promise<(string | number)[] | undefined> {
  const select = joined(db).where('instances.id', query.marker)
  if (query.projectId !== undefined) select.where('instances.project_id', query.projectId)
  if (query.deleted === 'without') select.whereNull('instances.deleted_at')
  const row = (await select.first(keys.map(({ expression }, index) => db.raw(`${expression} as k${index}`)))) as
    Row | undefined
  return row === undefined ? undefined : keys.map((_key, index) => row[`k${index}`] as string | number)
}

/** What the two databases have no common words for is looked at here, on four columns of the rows that passed the rest. */
function inMemoryFilter(query: InstanceQuery): ((row: Row) => boolean) | undefined {
  const { namePattern, flavorId, tags, addresses } = query
  if ([namePattern, flavorId, tags, addresses].every((condition) => condition === undefined)) return undefined
  return (row) => {
    if (namePattern !== undefined && !namePattern.test(row['name'] as string)) return false
    if (flavorId !== undefined && fromJson<Flavor>(row['flavor']).id !== flavorId) return false
    if (addresses !== undefined && !addressMatches(fromJson<Nic[]>(row['nics']), addresses)) return false
    return tags === undefined || tagsMatch(fromJson<InstanceAttributes>(row['attributes']).tags ?? [], tags)
  }
}

function addressMatches(nics: readonly Nic[], { v4, v6 }: NonNullable<InstanceQuery['addresses']>): boolean {
  return nics.some(({ address }) => (isIP(address) === 6 ? v6 : v4)?.test(address) === true)
}

function tagsMatch(present: readonly string[], wanted: TagConditions): boolean {
  const has = (tag: string) => present.includes(tag)
  if (wanted.all?.every(has) === false || wanted.any?.some(has) === false) return false
  return wanted.notAll?.every(has) !== true && wanted.notAny?.some(has) !== true
}

function inOrder(ids: readonly string[], found: ReadonlyMap<string, InstanceSummary>): readonly InstanceSummary[] {
  return ids.flatMap((id) => found.get(id) ?? [])
}
