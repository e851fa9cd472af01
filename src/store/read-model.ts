/** The one door from the HTTP edge to the store: questions only, joined as the answers need them, few queries each. */
import type { Host } from '../model/host.ts'
import type { InstanceId, OperationId } from '../model/ids.ts'
import type { Operation } from '../model/operation.ts'
import type { ServerMigration } from '../model/server-migration.ts'
import type { InstanceQuery } from '../model/server-query.ts'
import { isPostgres, type Db } from './database.ts'
import { findHost, listHosts } from './hosts.ts'
import {
  findInstanceSummaries,
  listInstanceSummaries,
  listNamesByHost,
  type InstanceSummary,
} from './read-model/instances.ts'
import { findOperation } from './operations.ts'
import { BatchedReads, SharedReads } from './read-model/joined-reads.ts'
import { listInstanceUsages, type InstanceUsage, type UsageQuery } from './read-model/usages.ts'
import { listServerMigrations, type ServerMigrationQuery } from './server-migrations.ts'
import { listOperations, type OperationQuery } from './read-model/operations.ts'

export type { InstanceHost, InstanceSummary } from './read-model/instances.ts'
export type { InstanceUsage } from './read-model/usages.ts'
export type { ServerMigrationQuery } from './server-migrations.ts'
export type { OperationQuery } from './read-model/operations.ts'

export interface ReadModel {
  /** Deleted ones too: the caller decides who may know. */
  instance(id: string): Promise<InstanceSummary | undefined>
  /** @returns undefined when the marker is unknown */
  instances(query: InstanceQuery): Promise<readonly InstanceSummary[] | undefined>
  /** By name. */
  hosts(): Promise<readonly Host[]>
  host(id: string): Promise<Host | undefined>
  /** The live instances of each host. */
  instanceNamesByHost(): Promise<ReadonlyMap<string, readonly { readonly id: InstanceId; readonly name: string }[]>>
  /** By project, then by id. @returns undefined when the marker is unknown */
  usages(query: UsageQuery): Promise<readonly InstanceUsage[] | undefined>
  operation(id: string): Promise<Operation | undefined>
  /** Newest first. */
  serverMigrations(query: ServerMigrationQuery): Promise<readonly ServerMigration[]>
  /** Newest first. @returns undefined when the marker is unknown */
  operations(query: OperationQuery): Promise<readonly Operation[] | undefined>
}

type InstanceReads = Pick<ReadModel, 'instance' | 'instances'>

function instanceReads(db: Db): InstanceReads {
  return {
    instance: async (id) => (await findInstanceSummaries(db, [id])).get(id),
    instances: (query) => listInstanceSummaries(db, query),
  }
}

/** Where a read is a round trip. */
function joinedInstanceReads(db: Db): InstanceReads {
  const one = new BatchedReads((ids: readonly string[]) => findInstanceSummaries(db, ids))
  const pages = new SharedReads<readonly InstanceSummary[] | undefined>()
  const toText = (_key: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value)
  return {
    instance: (id) => one.read(id),
    instances: (query) => pages.read(JSON.stringify(query, toText), () => listInstanceSummaries(db, query)),
  }
}

export function createReadModel(db: Db): ReadModel {
  return {
    ...(isPostgres(db) ? joinedInstanceReads(db) : instanceReads(db)),
    hosts: () => listHosts(db),
    host: (id) => findHost(db, id as Host['id']),
    instanceNamesByHost: () => listNamesByHost(db),
    usages: (query) => listInstanceUsages(db, query),
    operation: (id) => findOperation(db, id as OperationId),
    serverMigrations: (query) => listServerMigrations(db, query),
    operations: (query) => listOperations(db, query),
  }
}
