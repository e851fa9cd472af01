/** For `node --test --test-global-setup`: one PostgreSQL for all test files of a run that wants one. */
import { PostgresServer } from './postgres-server.ts'
import { testEngine } from './test-database.ts'

let server: PostgresServer | undefined

export async function globalSetup(): Promise<void> {
  if (testEngine !== 'postgres' || process.env['POLYVISOR_TEST_POSTGRES'] !== undefined) return
  server = await PostgresServer.start()
  // The test files' processes inherit it.
  process.env['POLYVISOR_TEST_POSTGRES'] = server.url()
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
