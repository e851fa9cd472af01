/** What a guest wrote to its serial console, asked of its host. */
import { conflict, notFound } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { findInstance } from '../store/instances.ts'
import type { AgentQueries } from './agent-queries.ts'

export class ConsoleLogReader {
  readonly #db: Db
  readonly #queries: AgentQueries

  constructor(db: Db, queries: AgentQueries) {
    this.#db = db
    this.#queries = queries
  }

  /** @returns the last `maxBytes` bytes. @throws PolyvisorError 404, 409 while it is on no host, 503 when its host is silent */
  async readLog(instanceId: InstanceId, maxBytes: number): Promise<Uint8Array> {
    const instance = await findInstance(this.#db, instanceId)
    if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', instanceId)
    const { hostId } = instance
    if (hostId === null) {
      throw conflict(
        'no-host',
        `Instance ${instanceId} is on no host yet, so it has no console; try again when it is active.`,
      )
    }
    const call = { method: 'read-console', hostId, instanceId, maxBytes } as const
    const answer = (await this.#queries.query(hostId, call, `req-${crypto.randomUUID()}`)) as { base64: string }
    return Buffer.from(answer.base64, 'base64')
  }
}
