/**
 * The first statement of a transaction with BEGIN before it in the same packet: one round trip less. BEGIN is a prepared
 * statement of its own, so that its answer is one CommandComplete and nothing else.
 */
import pg, { type Client, type QueryConfig, type QueryResult } from 'pg'

const beginName = 'polyvisor-begin'

/** What pg's Query does not tell TypeScript. */
interface Protocol {
  bind(message: { readonly statement: string }): void
  execute(message: object): void
}
interface Internals {
  callback: (error: Error | null, result: QueryResult | QueryResult[]) => void
  requiresPreparation(): boolean
  prepare(protocol: Protocol): void
}
const Query = pg.Query as unknown as new (config: QueryConfig) => Internals

class OpeningQuery extends Query {
  override requiresPreparation(): boolean {
    return true
  }

  override prepare(protocol: Protocol): void {
    protocol.bind({ statement: beginName })
    protocol.execute({})
    super.prepare(protocol)
  }
}

/** Prepares BEGIN on a new connection. */
export async function prepareBegin(connection: Client): Promise<void> {
  await connection.query({ name: beginName, text: 'begin' })
  await connection.query('rollback')
}

/** @returns the statement's own result */
export async function queryWithBegin(connection: Client, config: QueryConfig): Promise<QueryResult> {
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult | QueryResult[]>()
  const query = new OpeningQuery(config)
  query.callback = (error, result) => (error === null ? resolve(result) : reject(error))
  connection.query(query as never)
  const results = await promise
  return Array.isArray(results) ? (results.at(-1) as QueryResult) : results
}
