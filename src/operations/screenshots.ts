/** A picture of what a guest shows, asked of its host. */
import { conflict, notFound } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { findInstance } from '../store/instances.ts'
import type { AgentQueries } from './agent-queries.ts'

export class Screenshots {
  readonly #db: Db
  readonly #queries: AgentQueries

  constructor(db: Db, queries: AgentQueries) {
    this.#db = db
    this.#queries = queries
  }

  /** @returns a PNG. @throws PolyvisorError 404; 409 while it is off or on no host; 501 where there is none; 503 when its host is silent */
  async take(instanceId: InstanceId): Promise<Uint8Array> {
    const instance = await findInstance(this.#db, instanceId)
    if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', instanceId)
    const { hostId } = instance
    if (hostId === null) throw conflict('no-host', `Instance ${instanceId} is on no host, so it shows nothing.`)
    const call = { method: 'take-screenshot', hostId, instanceId } as const
    const answer = (await this.#queries.query(hostId, call, `req-${crypto.randomUUID()}`)) as { base64: string }
    return Buffer.from(answer.base64, 'base64')
  }
}
