import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { zoneKey, type Aggregate } from '../../model/aggregate.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

/** The answer to its making tells neither hosts nor metadata. */
export function newAggregateView(aggregate: Aggregate, version: Microversion): Schemas['NewAggregate'] {
  const { id, uuid, name, metadata, createdAtMs, updatedAtMs } = aggregate
  return {
    id,
    name,
    availability_zone: metadata[zoneKey] ?? null,
    created_at: toNaive(createdAtMs),
    updated_at: updatedAtMs === null ? null : toNaive(updatedAtMs),
    deleted: false,
    deleted_at: null,
    ...(version >= 41 ? { uuid } : {}),
  }
}

export function aggregateView(aggregate: Aggregate, version: Microversion): Schemas['Aggregate'] {
  return {
    ...newAggregateView(aggregate, version),
    hosts: aggregate.hosts.map(({ name }) => name),
    metadata: { ...aggregate.metadata },
  }
}
