/** Who beside admins may use flavors that are not public. */
import { conflict, PolyvisorError } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import type { ProjectId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import * as rows from '../store/flavor-access.ts'
import type { FlavorCatalog } from './flavor-catalog.ts'
import type { QuotaService } from './quota-service.ts'

export class FlavorAccess {
  readonly #db: Db
  readonly #flavors: FlavorCatalog
  readonly #quotas: QuotaService

  constructor(db: Db, flavors: FlavorCatalog, quotas: QuotaService) {
    this.#db = db
    this.#flavors = flavors
    this.#quotas = quotas
  }

  /** @throws PolyvisorError not-found, also for public flavors: they have no list */
  async list(id: string): Promise<readonly ProjectId[]> {
    const flavor = await this.#get(id)
    if (!flavor.isPublic) return rows.listFlavorAccess(this.#db, flavor.id)
    throw new PolyvisorError('not-found', 'flavor-public', 'Access list not available for public flavors.')
  }

  /** @throws PolyvisorError not-found; bad-request: no such project; conflict when it is public or has it already */
  async add(id: string, project: string): Promise<readonly ProjectId[]> {
    const flavor = await this.#get(id)
    const projectId = await this.#quotas.knownProject(project)
    if (flavor.isPublic) throw conflict('flavor-public', 'Can not add access to a public flavor.')
    if (!(await rows.insertFlavorAccess(this.#db, flavor.id, projectId))) {
      const text = `Flavor access already exists for flavor ${id} and project ${project} combination.`
      throw conflict('flavor-access-exists', text)
    }
    return rows.listFlavorAccess(this.#db, flavor.id)
  }

  /** @throws PolyvisorError not-found; bad-request: no such project */
  async remove(id: string, project: string): Promise<readonly ProjectId[]> {
    const flavor = await this.#get(id)
    const projectId = await this.#quotas.knownProject(project)
    if (await rows.deleteFlavorAccess(this.#db, flavor.id, projectId)) return rows.listFlavorAccess(this.#db, flavor.id)
    const text = `Flavor access not found for ${id} / ${project} combination.`
    throw new PolyvisorError('not-found', 'flavor-access-not-found', text)
  }

  #get(id: string): Promise<Flavor> {
    return this.#flavors.get(id, { isAdmin: true })
  }
}
