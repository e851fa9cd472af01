/**
 * How much a project may have, how much it has, and the refusal when that is too much. Limits are the configured
 * defaults unless an admin set others; amounts in use belong to the store.
 */
import { badRequest, forbidden } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import type { InjectedFile, Instance } from '../model/instance.ts'
import type { ProjectId } from '../model/ids.ts'
import {
  novaQuotaNames,
  overQuotaText,
  quotaNames,
  unlimited,
  type QuotaLimits,
  type QuotaName,
} from '../model/quotas.ts'
import { difference, largerOf } from '../model/resize.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { findProject } from '../store/projects.ts'
import {
  defaultQuotaClass,
  deleteQuotaLimits,
  findQuotaUsage,
  listQuotaLimits,
  releaseQuota,
  setQuotaLimits,
  takeQuota,
} from '../store/quotas.ts'
import { countServerGroups } from '../store/server-groups.ts'
import { deleteUserQuotaLimits, listUserQuotaLimits } from '../store/user-quotas.ts'
import { heldQuotaOf, instanceQuotaOf, type HeldBy } from './held-quota.ts'
import type { CreateInstance } from './instance-service-types.ts'
import { roomForUser, setForUser, usedByUser, type ProjectUser } from './user-quotas.ts'

export type QuotaChanges = Readonly<Partial<Record<QuotaName, number>>>
/** In use of each; 0 for what nothing counts. */
export type QuotaUse = Readonly<Record<QuotaName, number>>

const nothing = Object.fromEntries(quotaNames.map((name) => [name, 0])) as QuotaUse

export class QuotaService {
  readonly #db: Db
  readonly #configured: QuotaLimits

  constructor(db: Db, defaults: QuotaLimits) {
    this.#db = db
    this.#configured = defaults
  }

  /** Of projects that have none of their own: as configured, unless an admin said otherwise. */
  async defaults(): Promise<QuotaLimits> {
    return { ...this.#configured, ...(await listQuotaLimits(this.#db)) }
  }

  async setDefaults(changes: QuotaChanges): Promise<QuotaLimits> {
    await setQuotaLimits(this.#db, defaultQuotaClass, changes)
    return this.defaults()
  }

  /** `db` may be a transaction. */
  async limits(projectId: ProjectId, db: Db = this.#db): Promise<QuotaLimits> {
    return { ...this.#configured, ...(await listQuotaLimits(db, projectId)) }
  }

  /** Key pairs belong to users and metadata to instances: of a project as a whole none of them is in use. */
  async used(projectId: ProjectId, db: Db = this.#db): Promise<QuotaUse> {
    const serverGroups = await countServerGroups(db, projectId)
    return { ...nothing, ...(await findQuotaUsage(db, projectId)), serverGroups }
  }

  /** @throws PolyvisorError bad-request when a limit is below what is in use, unless forced; or no such project */
  async set(projectId: string, changes: QuotaChanges, options: { readonly force: boolean }): Promise<QuotaLimits> {
    const id = await this.knownProject(projectId)
    return inTransaction(this.#db, async (trx) => {
      const used = await this.used(id, trx)
      for (const [name, limit] of Object.entries(changes) as [QuotaName, number][]) {
        if (!options.force && limit !== unlimited && limit < used[name]) {
          throw badRequest(
            'quota-below-use',
            `Quota limit ${limit} for ${novaQuotaNames[name]} must be greater than or equal to already used and reserved ${used[name]}.`,
          )
        }
      }
      await setQuotaLimits(trx, id, changes)
      return this.limits(id, trx)
    })
  }

  /** The defaults hold again, for all its users. @throws PolyvisorError bad-request: no such project */
  async reset(projectId: string): Promise<void> {
    const id = await this.knownProject(projectId)
    await inTransaction(this.#db, async (trx) => {
      await deleteQuotaLimits(trx, id)
      await deleteUserQuotaLimits(trx, id)
    })
  }

  /** What the project has unless an admin said otherwise of the user. */
  async limitsOfUser(user: ProjectUser, db: Db = this.#db): Promise<QuotaLimits> {
    return { ...(await this.limits(user.projectId, db)), ...(await listUserQuotaLimits(db, user)) }
  }

  /** What the user's instances in the project take; 0 for everything else. */
  async usedByUser(user: ProjectUser): Promise<QuotaUse> {
    return { ...nothing, ...(await usedByUser(this.#db, user)) }
  }

  /** @throws PolyvisorError as `set`, and when it is more than the project has; not-implemented for what users have none of */
  async setForUser(
    projectId: string,
    userId: string,
    changes: QuotaChanges,
    options: { readonly force: boolean },
  ): Promise<QuotaLimits> {
    const user = { projectId: await this.knownProject(projectId), userId }
    return inTransaction(this.#db, async (trx) => {
      await setForUser(trx, user, changes, { ...options, project: await this.limits(user.projectId, trx) })
      return this.limitsOfUser(user, trx)
    })
  }

  /** What the project has holds for the user again. @throws PolyvisorError bad-request: no such project */
  async resetUser(projectId: string, userId: string): Promise<void> {
    await deleteUserQuotaLimits(this.#db, await this.knownProject(projectId), userId)
  }

  /**
   * In the transaction that inserts the instances.
   * @returns how many of them may be made: as many as fit, `count.min` at least
   * @throws PolyvisorError forbidden
   */
  async takeForInstances(
    trx: Db,
    user: ProjectUser,
    {
      flavor,
      count: wanted,
      metadata,
      attributes,
    }: Pick<CreateInstance, 'flavor' | 'count' | 'metadata' | 'attributes'>,
    reservationId: string,
  ): Promise<number> {
    const { projectId } = user
    const each = instanceQuotaOf(flavor)
    const [limits, max] = await Promise.all([
      this.limits(projectId, trx),
      roomForUser(trx, user, { each, count: wanted, reservationId }),
    ])
    checkMetadata(limits, Object.keys(metadata).length)
    checkInjectedFiles(limits, attributes?.injectedFiles)
    const count = { min: wanted.min, max }
    const grant = await takeQuota(trx, { projectId, each, count, limits })
    if (!('used' in grant)) return grant.taken
    throw forbidden(overQuotaText(each, grant.used, limits, count) ?? 'Quota exceeded: too many servers.')
  }

  /**
   * In the transaction that begins a resize: takes what the new flavor has more than the old.
   * @throws PolyvisorError forbidden
   */
  async takeForResize(
    trx: Db,
    instance: Pick<Instance, 'id' | 'projectId' | 'userId' | 'flavor'>,
    to: Flavor,
  ): Promise<void> {
    const { projectId } = instance
    const had = instanceQuotaOf(instance.flavor)
    const each = difference(largerOf(had, instanceQuotaOf(to)), had)
    const count = { min: 1, max: 1 }
    await roomForUser(trx, instance, { each, count, instanceId: instance.id })
    const limits = await this.limits(projectId, trx)
    const grant = await takeQuota(trx, { projectId, each, count, limits })
    if (!('used' in grant)) return
    throw forbidden(overQuotaText(each, grant.used, limits, count) ?? 'Quota exceeded.')
  }

  /** @throws PolyvisorError forbidden when one instance would have more metadata than its project allows */
  async checkMetadata(projectId: ProjectId, count: number, db: Db = this.#db): Promise<void> {
    checkMetadata(await this.limits(projectId, db), count)
  }

  /** @throws PolyvisorError forbidden when they are more, or larger, than the project allows for one instance */
  async checkInjectedFiles(projectId: ProjectId, files: readonly InjectedFile[] | undefined, db: Db): Promise<void> {
    if (files !== undefined) checkInjectedFiles(await this.limits(projectId, db), files)
  }

  /** In the transaction that inserts one more. @throws PolyvisorError forbidden when the user has as many as allowed */
  async checkKeyPairs(projectId: ProjectId, had: number, trx: Db): Promise<void> {
    const allowed = (await this.limits(projectId, trx)).keyPairs
    if (allowed !== unlimited && had >= allowed) throw forbidden('Quota exceeded, too many key pairs.')
  }

  /** @throws PolyvisorError bad-request, in Nova's words */
  async knownProject(projectId: string): Promise<ProjectId> {
    const project = await findProject(this.#db, projectId)
    if (project === undefined) throw badRequest('project-not-found', `Project ID ${projectId} is not a valid project.`)
    return project.id
  }
}

/** In the transaction that deletes the instance. */
export async function releaseInstanceQuota(trx: Db, instance: HeldBy & Pick<Instance, 'projectId'>): Promise<void> {
  await releaseQuota(trx, instance.projectId, heldQuotaOf(instance))
}

/** What the request for a resize took beyond what the instance had. */
export async function giveBackResizeQuota(
  trx: Db,
  { projectId, flavor }: Pick<Instance, 'projectId' | 'flavor'>,
  wanted: Flavor,
): Promise<void> {
  const had = instanceQuotaOf(flavor)
  await releaseQuota(trx, projectId, difference(largerOf(had, instanceQuotaOf(wanted)), had))
}

function checkMetadata({ metadataItems: allowed }: QuotaLimits, count: number): void {
  if (allowed === unlimited || count <= allowed) return
  throw forbidden(`Maximum number of metadata items exceeds ${allowed}`)
}

function checkInjectedFiles(limits: QuotaLimits, files: readonly InjectedFile[] = []): void {
  const exceeds = (wanted: number, allowed: number): boolean => allowed !== unlimited && wanted > allowed
  const { injectedFiles: count, injectedFilePathBytes: pathBytes, injectedFileContentBytes: contentBytes } = limits
  if (exceeds(files.length, count))
    throw forbidden(`Personality file limit exceeded: a server may have ${count} files.`)
  for (const { path, base64 } of files) {
    if (exceeds(Buffer.byteLength(path), pathBytes))
      throw forbidden(`Personality file path exceeds maximum length ${pathBytes}`)
    if (exceeds(Buffer.byteLength(base64, 'base64'), contentBytes))
      throw forbidden(`Personality file content exceeds maximum length ${contentBytes}`)
  }
}
