/** Server groups of projects. That their policies hold is the scheduler's business, and that of the claim. */
import { randomUUID } from 'node:crypto'
import { forbidden, PolyvisorError } from '../model/errors.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { unlimited } from '../model/quotas.ts'
import type { ServerGroup } from '../model/server-group.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { lockQuotaUsage } from '../store/quotas.ts'
import * as rows from '../store/server-groups.ts'
import type { Clock } from '../util/clock.ts'
import type { QuotaService } from './quota-service.ts'

/** On whose behalf: an admin reaches every project's groups by id. */
interface Owner {
  readonly projectId: ProjectId
  readonly isAdmin: boolean
}

export class ServerGroups {
  readonly #db: Db
  readonly #clock: Clock
  readonly #quotas: QuotaService

  constructor(db: Db, clock: Clock, quotas: QuotaService) {
    this.#db = db
    this.#clock = clock
    this.#quotas = quotas
  }

  /** @param page undefined projectId: of all projects */
  list(page: Parameters<typeof rows.listServerGroups>[1]): Promise<readonly ServerGroup[]> {
    return rows.listServerGroups(this.#db, page)
  }

  /** @throws PolyvisorError not-found, also for other projects' */
  async get(id: string, owner: Owner): Promise<ServerGroup> {
    const group = await rows.findServerGroup(this.#db, id)
    if (group !== undefined && (group.projectId === owner.projectId || owner.isAdmin)) return group
    throw new PolyvisorError('not-found', 'server-group-not-found', `Instance group ${id} could not be found.`)
  }

  /** @throws PolyvisorError forbidden when the project has as many as allowed */
  async create(
    owner: { readonly projectId: ProjectId; readonly userId: UserId },
    wanted: Pick<ServerGroup, 'name' | 'policy' | 'maxServerPerHost'>,
  ): Promise<ServerGroup> {
    const { projectId, userId } = owner
    const group = { ...wanted, id: randomUUID(), projectId, userId, members: [] }
    return inTransaction(this.#db, async (trx) => {
      // Of two who create at once one counts after the other.
      await lockQuotaUsage(trx, projectId)
      const { serverGroups: allowed } = await this.#quotas.limits(projectId, trx)
      if (allowed !== unlimited && (await rows.countServerGroups(trx, projectId)) >= allowed)
        throw forbidden('Quota exceeded, too many server groups.')
      await rows.insertServerGroup(trx, group, this.#clock.nowMs())
      return group
    })
  }

  /** Its members go on as they are. @throws PolyvisorError not-found */
  async delete(id: string, owner: Owner): Promise<void> {
    await this.get(id, owner)
    // It waits for members that are being placed: who is the victim of a deadlock begins again.
    await inTransaction(this.#db, (trx) => rows.deleteServerGroup(trx, id))
  }
}

/**
 * In the transaction that inserts `count` members.
 * @throws PolyvisorError forbidden when the user has as many in it as allowed
 */
export async function checkGroupMembers(
  trx: Db,
  quotas: QuotaService,
  wanted: { readonly groupId: string; readonly projectId: ProjectId; readonly userId: UserId; readonly count: number },
): Promise<void> {
  const { groupId, projectId, userId, count } = wanted
  const { serverGroupMembers: allowed } = await quotas.limits(projectId, trx)
  if (allowed === unlimited) return
  await rows.lockServerGroup(trx, groupId)
  if ((await rows.countGroupMembers(trx, groupId, userId)) + count > allowed)
    throw forbidden('Quota exceeded, too many servers in group')
}
