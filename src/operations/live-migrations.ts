/** Live migrations under way, and what an admin may do to one. */
import { badRequest, notFound } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Operation } from '../model/operation.ts'
import { isLiveUnderWay, liveUnderWay, type ServerMigration } from '../model/server-migration.ts'
import type { Db } from '../store/database.ts'
import { findInstance } from '../store/instances.ts'
import { findOperation } from '../store/operations.ts'
import { listServerMigrations } from '../store/server-migrations.ts'
import type { AgentQueries } from './agent-queries.ts'
import type { OperationService } from './operation-service.ts'

export interface LiveMigration {
  readonly migration: ServerMigration
  readonly operation: Operation | undefined
}

/** More than there can be: an instance has one at a time. */
const maxUnderWay = 10

export class LiveMigrations {
  readonly #db: Db
  readonly #queries: Pick<AgentQueries, 'query'>
  readonly #operations: Pick<OperationService, 'cancel'>

  constructor(db: Db, queries: Pick<AgentQueries, 'query'>, operations: Pick<OperationService, 'cancel'>) {
    this.#db = db
    this.#queries = queries
    this.#operations = operations
  }

  async list(instanceId: InstanceId): Promise<readonly LiveMigration[]> {
    const query = { instanceId, type: 'live-migration', statuses: liveUnderWay, limit: maxUnderWay }
    const found = await listServerMigrations(this.#db, query)
    return Promise.all(
      found.map(async (migration) => ({ migration, operation: await findOperation(this.#db, migration.operationId) })),
    )
  }

  /** @throws PolyvisorError not-found, also for one that is over or of another kind */
  async show(instanceId: InstanceId, id: string): Promise<LiveMigration> {
    const found = (await this.list(instanceId)).find(({ migration }) => String(migration.id) === id)
    if (found === undefined) throw notFound('migration', id)
    return found
  }

  /**
   * The guest stays where it is; what has gone over is taken back.
   * @param options.isEarlyToo whether one may be aborted that has not begun to send
   * @throws PolyvisorError not-found, bad-request when it is over, conflict
   */
  async abort(instanceId: InstanceId, id: string, options: { readonly isEarlyToo: boolean }): Promise<void> {
    const migration = await this.#underWay(instanceId, id)
    if (migration.status !== 'running' && !options.isEarlyToo) throw wrongState(migration, 'abort')
    await this.#operations.cancel(migration.operationId)
  }

  /** It comes to an end, whatever the guest feels of it. @throws PolyvisorError not-found, bad-request when nothing is sent, conflict */
  async forceComplete(instanceId: InstanceId, id: string): Promise<void> {
    const migration = await this.#underWay(instanceId, id)
    if (migration.status !== 'running') throw wrongState(migration, 'force_complete')
    const hostId = (await findInstance(this.#db, instanceId))?.hostId
    if (hostId === undefined || hostId === null) throw notFound('migration', id)
    const call = { method: 'complete-migration', hostId, instanceId } as const
    await this.#queries.query(hostId, call, `req-${crypto.randomUUID()}`)
  }

  async #underWay(instanceId: InstanceId, id: string): Promise<ServerMigration> {
    const number = /^[1-9]\d{0,8}$/.test(id) ? Number(id) : undefined
    const [found] =
      number === undefined ? [] : await listServerMigrations(this.#db, { instanceId, id: number, limit: 1 })
    if (found === undefined) throw notFound('migration', id)
    if (!isLiveUnderWay(found)) throw wrongState(found, 'change')
    return found
  }
}

function wrongState({ id, instanceId, status }: ServerMigration, what: string): Error {
  const message = `Migration ${id} of instance ${instanceId} is ${status}. Cannot ${what} while the migration is in this state.`
  return badRequest('wrong-migration-state', message)
}
