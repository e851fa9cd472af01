/**
 * kill -9 of the service at chosen checkpoints of its sagas, then a restart on the same data: whatever was under way
 * ends well, or with a reason; and once the server is deleted nothing is left anywhere.
 */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { findLeftovers } from './leftovers.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilGone,
  waitUntilSettled,
} from './servers.ts'
import type { SpawnedService } from './start-service.ts'
import { makeDataDir, removeDataDir, startService } from './start-service.ts'

export interface CrashSweep {
  /** For `serve`: which driver. */
  readonly args: readonly string[]
  readonly makeImage: (folder: string) => Promise<string>
  /** `saga/step/moment`, see src/operations/engine/saga.ts. Sagas: instance-create, instance-delete. */
  readonly checkpoints: readonly string[]
}

export async function sweepCrashes(t: TestContext, { args, makeImage, checkpoints }: CrashSweep): Promise<void> {
  const dataDir = await makeDataDir()
  const running = new Set<SpawnedService>()
  const killAll = async (): Promise<void> => {
    for (const service of running) await service.kill9()
  }
  t.after(async () => {
    await killAll()
    await removeDataDir(dataDir)
  })
  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<SpawnedService> => {
    const service = await startService({ args, dataDir, environment })
    running.add(service)
    void service.exited.then(() => running.delete(service))
    return service
  }

  const first = await start()
  const client = await first.client()
  const imageId = await uploadImage(client, await makeImage(dataDir))
  const flavorId = await createFlavor(client, 'crash')
  assert.equal(await first.stop(), 0)

  for (const checkpoint of checkpoints) {
    await t.test(`killed at ${checkpoint}`, async (subtest) => {
      subtest.after(killAll)
      const doomed = await start({ POLYVISOR_TEST_DIE_AT: checkpoint })
      const before = await doomed.client()
      await waitForHosts(before)
      const serverId = await createServer(before, imageId, flavorId)
      if (checkpoint.startsWith('instance-delete/')) await askForDelete(before, serverId)
      await waitUntil(`the crash at ${checkpoint}`, () => (running.has(doomed) ? undefined : true), {
        timeoutMs: 30_000,
      })
      assert.equal(await doomed.exited, null, 'it was killed')

      const restarted = await start()
      const after = await restarted.client()
      if (checkpoint.startsWith('instance-delete/')) await waitUntilGone(after, serverId)
      else subtest.diagnostic(`it ended ${await expectSettledThenDelete(after, serverId)}`)
      assert.deepEqual(await findLeftovers(dataDir), [])
      assert.equal(await restarted.stop(), 0)
    })
  }
}

async function askForDelete(client: ApiClient, serverId: string): Promise<void> {
  await waitUntilSettled(client, serverId)
  // The answer may be lost with the process.
  await client.send('DELETE', `/compute/v2.1/servers/${serverId}`).catch(() => undefined)
}

/** @returns its status before it was deleted */
async function expectSettledThenDelete(client: ApiClient, serverId: string): Promise<string> {
  const server = await waitUntilSettled(client, serverId)
  if (server.status === 'ERROR') assert.ok((server.fault?.message ?? '').length > 10, 'an ERROR server says why')
  else assert.equal(server.status, 'ACTIVE')
  await deleteServer(client, serverId)
  return server.status
}
