/** The one door from the HTTP edge to the store: questions only, joined as the answers need them, few queries each. */
import type { Host } from '../model/host.ts'
import type { InstanceId, OperationId } from '../model/ids.ts'
import type { Operation } from '../model/operation.ts'
import type { InstanceQuery } from '../model/server-query.ts'
import type { Db } from './database.ts'
import { findHost, listHosts } from './hosts.ts'
import {
  findInstanceSummary,
  listInstanceSummaries,
  listNamesByHost,
  type InstanceSummary,
} from './read-model/instances.ts'
import { findOperation } from './operations.ts'
import { listOperations, type OperationQuery } from './read-model/operations.ts'

export type { InstanceHost, InstanceSummary } from './read-model/instances.ts'
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
  operation(id: string): Promise<Operation | undefined>
  /** Newest first. @returns undefined when the marker is unknown */
  operations(query: OperationQuery): Promise<readonly Operation[] | undefined>
}

export function createReadModel(db: Db): ReadModel {
  return {
    instance: (id) => findInstanceSummary(db, id),
    instances: (query) => listInstanceSummaries(db, query),
    hosts: () => listHosts(db),
    host: (id) => findHost(db, id as Host['id']),
    instanceNamesByHost: () => listNamesByHost(db),
    operation: (id) => findOperation(db, id as OperationId),
    operations: (query) => listOperations(db, query),
  }
}
