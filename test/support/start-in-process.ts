/** The whole service in the test's own process: quicker to start, and its parts' faults can be reached. */
import type { ApiClient } from '../../src/cli/api-client.ts'
import { logIn } from '../../src/cli/api-client.ts'
import { readAdminPassword } from '../../src/cli/service-file.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { start } from '../../src/main.ts'
import type { Json } from '../../src/util/json.ts'
import { makeDataDir, removeDataDir } from './start-service.ts'
import { databaseSettings } from './test-database.ts'

export interface InProcessService {
  readonly url: string
  readonly dataDir: string
  /** As the admin. */
  readonly client: ApiClient
  /** Stops it and removes its data. */
  stop(): Promise<void>
}

/** @param settings by key, over: a free port, the driver sim, no logs */
export async function startInProcess(settings: Readonly<Record<string, Json>> = {}): Promise<InProcessService> {
  const dataDir = await makeDataDir()
  const values = { dataDir, listen: '127.0.0.1:0', drivers: ['sim'], logLevel: 'silent' }
  const flags = Object.entries({ ...values, ...(await databaseSettings(dataDir)), ...settings }).map(
    ([key, value]) => ({ key, value, origin: 'test' }),
  )
  const service = await start(loadConfig({ flags }))
  const client = await logIn({
    OS_AUTH_URL: `${service.publicUrl}/identity`,
    OS_USERNAME: 'admin',
    OS_PASSWORD: await readAdminPassword(dataDir),
    OS_PROJECT_NAME: 'admin',
  })
  return {
    url: service.publicUrl,
    dataDir,
    client,
    async stop() {
      await service.stop()
      await removeDataDir(dataDir)
    },
  }
}
