/** Aggregates and their hosts. Whoever changes one calls `noteOnHosts` in the same transaction: the scheduler reads hosts. */
import { zoneKey, type Aggregate, type AggregateMetadata } from '../model/aggregate.ts'
import type { HostId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { fromJson, toJson, toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

/** @returns its id; undefined when there is one of that name */
export async function insertAggregate(
  db: Db,
  { uuid, name, metadata }: Pick<Aggregate, 'uuid' | 'name' | 'metadata'>,
  nowMs: number,
): Promise<number | undefined> {
  const [row] = (await db('aggregates')
    .insert({ uuid, name, metadata: toJson(metadata), created_at: nowMs })
    .onConflict('name')
    .ignore()
    .returning('id')) as Row[]
  return row === undefined ? undefined : toNumber(row['id'])
}

/** By id. */
export async function listAggregates(db: Db): Promise<readonly Aggregate[]> {
  return withHosts(db, (await db('aggregates').orderBy('id')) as Row[])
}

/** Inside a transaction: nobody else changes it before that ends. */
export async function findAggregate(trx: Db, id: number): Promise<Aggregate | undefined> {
  return (await withHosts(trx, (await trx('aggregates').where({ id }).forUpdate()) as Row[]))[0]
}

/** @returns false when another has that name */
export async function changeAggregate(
  trx: Db,
  id: number,
  changes: { readonly name?: string; readonly metadata?: AggregateMetadata },
  nowMs: number,
): Promise<boolean> {
  const { name, metadata } = changes
  if (name !== undefined) {
    const taken: unknown = await trx('aggregates').where({ name }).whereNot({ id }).first('id')
    if (taken !== undefined) return false
  }
  await trx('aggregates')
    .where({ id })
    .update({
      ...(name === undefined ? {} : { name }),
      ...(metadata === undefined ? {} : { metadata: toJson(metadata) }),
      updated_at: nowMs,
    })
  return true
}

export async function deleteAggregate(trx: Db, id: number): Promise<void> {
  await trx('aggregates').where({ id }).delete()
}

export async function insertAggregateHost(trx: Db, id: number, hostId: HostId): Promise<void> {
  await trx('aggregate_hosts').insert({ aggregate_id: id, host_id: hostId })
}

export async function deleteAggregateHost(trx: Db, id: number, hostId: HostId): Promise<void> {
  await trx('aggregate_hosts').where({ aggregate_id: id, host_id: hostId }).delete()
}

/** Inside the transaction that changed an aggregate: writes into these hosts what their aggregates say. */
export async function noteOnHosts(trx: Db, hostIds: readonly HostId[], nowMs: number): Promise<void> {
  for (const hostId of hostIds.toSorted()) {
    await trx('hosts').where({ id: hostId }).forUpdate().first('id')
    const texts = (await trx('aggregates')
      .join('aggregate_hosts', 'aggregate_hosts.aggregate_id', 'aggregates.id')
      .where('aggregate_hosts.host_id', hostId)
      .orderBy('aggregates.id')
      .pluck('aggregates.metadata')) as string[]
    const all = texts.map((text) => fromJson<AggregateMetadata>(text))
    const zone = all.find((metadata) => metadata[zoneKey] !== undefined)?.[zoneKey] ?? null
    await trx('hosts')
      .where({ id: hostId })
      .update({ availability_zone: zone, aggregates: toJson(all), updated_at: nowMs })
  }
}

async function withHosts(db: Db, rows: readonly Row[]): Promise<readonly Aggregate[]> {
  if (rows.length === 0) return []
  const members = (await db('aggregate_hosts')
    .join('hosts', 'hosts.id', 'aggregate_hosts.host_id')
    .whereIn(
      'aggregate_id',
      rows.map((row) => row['id'] as number),
    )
    .orderBy(['hosts.name', 'hosts.id'])
    .select('aggregate_id', 'hosts.id', 'hosts.name')) as Row[]
  const byAggregate = Map.groupBy(members, (row) => toNumber(row['aggregate_id']))
  return rows.map((row) => {
    const id = toNumber(row['id'])
    return {
      id,
      uuid: row['uuid'] as string,
      name: row['name'] as string,
      metadata: fromJson<AggregateMetadata>(row['metadata']),
      hosts: (byAggregate.get(id) ?? []).map((host) => ({ id: host['id'] as HostId, name: host['name'] as string })),
      createdAtMs: toNumber(row['created_at']),
      updatedAtMs: toNumberOrNull(row['updated_at']),
    }
  })
}
