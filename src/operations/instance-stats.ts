/** What an instance's guest consumes, asked of its host. */
import type { VmStats } from '../driver/driver.ts'
import { conflict } from '../model/errors.ts'
import type { Host } from '../model/host.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import type { AgentQueries } from './agent-queries.ts'

export type { NicStats, VmStats } from '../driver/driver.ts'

export class InstanceStats {
  readonly #db: Db
  readonly #queries: AgentQueries

  constructor(db: Db, queries: AgentQueries) {
    this.#db = db
    this.#queries = queries
  }

  /** @throws PolyvisorError 409 while it does not run, 501 where the hypervisor does not tell, 503 when its host is silent */
  async read(instance: Instance, requestId: string): Promise<{ readonly stats: VmStats; readonly host: Host }> {
    const { id: instanceId, hostId } = instance
    const host = hostId === null ? undefined : await findHost(this.#db, hostId)
    if (hostId === null || host === undefined) {
      throw conflict('instance-not-ready', `Instance ${instanceId} is on no host yet; try again when it is ACTIVE.`)
    }
    const call = { method: 'read-stats', hostId, instanceId } as const
    return { stats: (await this.#queries.query(hostId, call, requestId)) as unknown as VmStats, host }
  }
}
