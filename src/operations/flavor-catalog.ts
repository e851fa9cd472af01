/**
 * Flavors: the sizes on offer. Small enough to need no operation of its own; instances keep a snapshot, so that
 * nothing here changes one.
 */
import { randomUUID } from 'node:crypto'
import { badRequest, conflict, notFound } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import type { FlavorId, ProjectId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { hasFlavorAccess } from '../store/flavor-access.ts'
import * as rows from '../store/flavors.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import type { Clock } from '../util/clock.ts'

export type NewFlavor = Omit<Flavor, 'id' | 'disabled' | 'extraSpecs'> & {
  /** Made up when left out. */
  readonly id?: string
}

export type FlavorFilter = rows.FlavorFilter
export type FlavorPage = rows.FlavorPage
export type FlavorSortKey = rows.FlavorSortKey

export interface FlavorCaller {
  readonly projectId?: ProjectId | undefined
  readonly isAdmin: boolean
}

export class FlavorCatalog {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @throws PolyvisorError conflict when the id or the name is taken */
  async create(wanted: NewFlavor): Promise<Flavor> {
    const flavor: Flavor = { ...wanted, id: (wanted.id ?? randomUUID()) as FlavorId, disabled: false, extraSpecs: {} }
    try {
      await rows.insertFlavor(this.#db, flavor, this.#clock.nowMs())
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const nameTaken = (await rows.findFlavorByName(this.#db, flavor.name)) !== undefined
      throw conflict(
        'flavor-exists',
        nameTaken ? `Flavor with name ${flavor.name} already exists.` : `Flavor with ID ${flavor.id} already exists.`,
      )
    }
    return flavor
  }

  /** @throws PolyvisorError not-found, also for a flavor that is not public that the caller may not use */
  async get(id: string, caller: FlavorCaller): Promise<Flavor> {
    const flavor = await rows.findFlavor(this.#db, id as FlavorId)
    if (flavor !== undefined && (await this.#mayUse(caller, flavor))) return flavor
    throw notFound('flavor', id)
  }

  /** @throws PolyvisorError bad-request for an unknown marker */
  async list(filter: FlavorFilter, page: FlavorPage): Promise<readonly Flavor[]> {
    const found = await rows.listFlavors(this.#db, filter, page)
    if (found === undefined) throw badRequest('marker-not-found', `marker [${page.marker}] not found`)
    return found
  }

  /** @throws PolyvisorError not-found */
  async setDescription(id: string, description: string | null): Promise<Flavor> {
    await this.#found(id, rows.setFlavorDescription(this.#db, id as FlavorId, description))
    return this.get(id, { isAdmin: true })
  }

  /** Adds or replaces some; a key whose value is undefined goes. @throws PolyvisorError not-found */
  async changeExtraSpecs(
    id: string,
    changes: Readonly<Record<string, string | undefined>>,
  ): Promise<Readonly<Record<string, string>>> {
    return inTransaction(this.#db, async (trx) => {
      const flavor = await rows.findFlavorToChange(trx, id as FlavorId)
      if (flavor === undefined) throw notFound('flavor', id)
      const merged = Object.entries({ ...flavor.extraSpecs, ...changes }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      )
      const specs = Object.fromEntries(merged)
      await rows.setFlavorExtraSpecs(trx, flavor.id, specs)
      return specs
    })
  }

  /** @throws PolyvisorError not-found */
  async delete(id: string): Promise<void> {
    await this.#found(id, rows.deleteFlavor(this.#db, id as FlavorId))
  }

  async #mayUse({ isAdmin, projectId }: FlavorCaller, { id, isPublic }: Flavor): Promise<boolean> {
    if (isPublic || isAdmin) return true
    return projectId !== undefined && (await hasFlavorAccess(this.#db, id, projectId))
  }

  async #found(id: string, found: Promise<boolean>): Promise<void> {
    if (!(await found)) throw notFound('flavor', id)
  }
}
