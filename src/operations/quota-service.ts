/**
 * How much a project may have, how much it has, and the refusal when that is too much. Limits are the configured
 * defaults unless an admin set others; amounts in use belong to the store.
 */
import { badRequest, forbidden } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import type { Instance } from '../model/instance.ts'
import type { ProjectId } from '../model/ids.ts'
import {
  novaQuotaNames,
  overQuotaText,
  quotaNames,
  unlimited,
  type InstanceQuota,
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
import type { CreateInstance } from './instance-service-types.ts'

export type QuotaChanges = Readonly<Partial<Record<QuotaName, number>>>
/** In use of each; 0 for what nothing counts. */
export type QuotaUse = Readonly<Record<QuotaName, number>>

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
    const none = Object.fromEntries(quotaNames.map((name) => [name, 0])) as QuotaUse
    const serverGroups = await countServerGroups(db, projectId)
    return { ...none, ...(await findQuotaUsage(db, projectId)), serverGroups }
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

  /** The defaults hold again. @throws PolyvisorError bad-request: no such project */
  async reset(projectId: string): Promise<void> {
    await deleteQuotaLimits(this.#db, await this.knownProject(projectId))
  }

  /**
   * In the transaction that inserts the instances.
   * @returns how many of them may be made: as many as fit, `count.min` at least
   * @throws PolyvisorError forbidden
   */
  async takeForInstances(
    trx: Db,
    projectId: ProjectId,
    { flavor, count, metadata }: Pick<CreateInstance, 'flavor' | 'count' | 'metadata'>,
  ): Promise<number> {
    const limits = await this.limits(projectId, trx)
    checkMetadata(limits, Object.keys(metadata).length)
    const each = instanceQuotaOf(flavor)
    const grant = await takeQuota(trx, { projectId, each, count, limits })
    if (!('used' in grant)) return grant.taken
    throw forbidden(overQuotaText(each, grant.used, limits, count) ?? 'Quota exceeded: too many servers.')
  }

  /**
   * In the transaction that begins a resize: takes what the new flavor has more than the old.
   * @throws PolyvisorError forbidden
   */
  async takeForResize(trx: Db, projectId: ProjectId, from: Flavor, to: Flavor): Promise<void> {
    const had = instanceQuotaOf(from)
    const each = difference(largerOf(had, instanceQuotaOf(to)), had)
    const limits = await this.limits(projectId, trx)
    const count = { min: 1, max: 1 }
    const grant = await takeQuota(trx, { projectId, each, count, limits })
    if (!('used' in grant)) return
    throw forbidden(overQuotaText(each, grant.used, limits, count) ?? 'Quota exceeded.')
  }

  /** @throws PolyvisorError forbidden when one instance would have more metadata than its project allows */
  async checkMetadata(projectId: ProjectId, count: number, db: Db = this.#db): Promise<void> {
    checkMetadata(await this.limits(projectId, db), count)
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

type HeldBy = Pick<Instance, 'flavor' | 'resize'>

/** What an instance holds of its project's quota: while a resize waits, of each the larger amount. */
export function heldQuotaOf({ flavor, resize }: HeldBy): InstanceQuota {
  const now = instanceQuotaOf(flavor)
  return resize === null ? now : largerOf(now, instanceQuotaOf(resize.from))
}

function checkMetadata({ metadataItems: allowed }: QuotaLimits, count: number): void {
  if (allowed === unlimited || count <= allowed) return
  throw forbidden(`Maximum number of metadata items exceeds ${allowed}`)
}

export function instanceQuotaOf(flavor: Flavor): InstanceQuota {
  return { instances: 1, cores: flavor.vcpus, ramMb: flavor.memoryMb }
}
