/** A cloud for the campaigns that strike processes and engines: what is needed to bring sagas about, and to look afterwards. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { openDatabase, type Db } from '../../src/store/database.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { Cloud, type CloudOptions } from '../support/cloud.ts'
import { simScenarios, type Ingredients } from '../support/kill9-scenarios.ts'
import type { KillScenario } from '../support/kill9.ts'
import { findLeaks } from '../support/leaks.ts'
import { createFlavor, listServers, uploadImage, waitForHosts } from '../support/servers.ts'
import { simVms, type SimVmFile } from '../support/sim-vms.ts'

const settledWithinMs = 60_000
/** A host of several simulated ones: an attempt that fails on one goes on on the next. */
const agentEnvironment = { POLYVISOR_DRIVERS: 'sim', POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: { nodes: 2 } }) }

export class CloudStage {
  readonly cloud: Cloud
  readonly db: Db
  readonly ingredients: Ingredients
  readonly scenarios: readonly KillScenario[]

  private constructor(cloud: Cloud, db: Db, ingredients: Ingredients) {
    this.cloud = cloud
    this.db = db
    this.ingredients = ingredients
    this.scenarios = simScenarios(ingredients)
  }

  static async set(options: CloudOptions = {}): Promise<CloudStage> {
    const cloud = await Cloud.start({ agentEnvironment, ...options })
    try {
      const client = await cloud.client()
      await waitForHosts(client)
      const image = join(cloud.shared, 'image.raw')
      await writeFile(image, Buffer.alloc(64 * 1024, 'polyvisor'))
      const ingredients = { imageId: await uploadImage(client, image), flavorId: await createFlavor(client, 'faults') }
      const db = await openDatabase({ engine: 'postgres', url: cloud.postgres.url() })
      return new CloudStage(cloud, db, ingredients)
    } catch (error) {
      await cloud.end()
      throw error
    }
  }

  client(): Promise<ApiClient> {
    return this.cloud.client()
  }

  vms(): readonly SimVmFile[] {
    return [...this.cloud.processes.values()]
      .filter(({ role }) => role === 'agent')
      .flatMap(({ dataDir }) => simVms(join(dataDir, 'agent')))
  }

  /**
   * Waits until nothing is under way; every server is then what it should be, or in ERROR with a reason; deletes them; then
   * nothing may be left. @throws Error with what does not hold
   */
  async settle(): Promise<void> {
    const client = await this.client()
    await this.quiet()
    for (const { id, status, fault } of await listServers(client)) {
      if (status === 'ERROR' && (fault?.message ?? '') === '')
        throw new Error(`server ${id} is in ERROR without a reason`)
      await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    }
    await this.#nothing('to be left', true)
    const left = await listServers(client)
    if (left.length > 0) throw new Error(`${left.length} servers are left after their delete`)
  }

  /** Waits until nothing is under way, and records and hypervisors agree. */
  quiet(): Promise<void> {
    return this.#nothing('to be under way', false)
  }

  async #nothing(what: string, isEmpty: boolean): Promise<void> {
    let last: readonly string[] = []
    const probe = async (): Promise<true | undefined> => {
      last = await findLeaks(this.db, this.vms())
      if (isEmpty) {
        const live: unknown[] = await this.db('instances').whereNull('deleted_at').select('id')
        if (live.length > 0) last = [...last, `${live.length} instances`]
      }
      return last.length === 0 ? true : undefined
    }
    await waitUntil(`nothing ${what}`, probe, { timeoutMs: settledWithinMs, everyMs: 50 }).catch(() => {
      throw new Error(last.join('; '))
    })
  }

  async end(): Promise<void> {
    await this.db.destroy()
    await this.cloud.end()
  }
}
