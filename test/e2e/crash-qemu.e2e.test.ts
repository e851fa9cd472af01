/**
 * kill -9 of the service in the middle of a create, at several moments, then a restart: the server ends ACTIVE, or in
 * ERROR with a reason; and once it is deleted nothing is left in libvirt, in the database or on disk.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { findLeftovers, listDomains } from '../support/leftovers.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import type { OperationView } from '../support/servers.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  operationOf,
  uploadImage,
  waitUntilSettled,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'
import { makeTestGuest } from '../support/test-guest.ts'

const args = ['--driver', 'qemu']

interface Moment {
  readonly name: string
  /** Resolves when the plug is to be pulled. */
  reached(client: ApiClient, serverId: string, dataDir: string): Promise<unknown>
}

const moments: readonly Moment[] = [
  { name: 'right after the answer', reached: async () => undefined },
  {
    name: 'when the operation has begun',
    reached: (client, id) => waitForOperation(client, id, ({ status }) => status !== 'pending'),
  },
  {
    name: 'when the domain is there',
    reached: (_client, id, dataDir) =>
      waitUntil('the domain', async () => ((await listDomains(dataDir)).includes(id) ? true : undefined), {
        everyMs: 5,
      }),
  },
  {
    name: 'when it has just ended',
    reached: (client, id) => waitForOperation(client, id, ({ status }) => status === 'succeeded'),
  },
]

test('a service killed in the middle of a create leaves nothing behind', { skip: qemuMissing }, async (t) => {
  const dataDir = await makeDataDir()
  t.after(() => removeDataDir(dataDir))
  let service = await startService({ args, dataDir })
  t.after(() => service.stop())
  const guest = await makeTestGuest(dataDir)
  const client = await service.client()
  const imageId = await uploadImage(client, guest)
  const flavorId = await createFlavor(client)

  for (const { name, reached } of moments) {
    await t.test(`killed ${name}`, async () => {
      const before = await service.client()
      const serverId = await createServer(before, imageId, flavorId)
      await reached(before, serverId, dataDir)
      await service.kill9()
      service = await startService({ args, dataDir })
      const again = await service.client()
      const server = await waitUntilSettled(again, serverId)
      if (server.status === 'ERROR') assert.ok((server.fault?.message ?? '').length > 10, 'an ERROR server says why')
      else assert.equal(server.status, 'ACTIVE')
      await deleteServer(again, serverId)
      assert.deepEqual(await findLeftovers(dataDir), [])
    })
  }
})

async function waitForOperation(
  client: ApiClient,
  serverId: string,
  isReached: (operation: OperationView) => boolean,
): Promise<unknown> {
  return waitUntil(
    'the operation',
    async () => {
      const operation = await operationOf(client, serverId)
      return operation !== undefined && isReached(operation) ? operation : undefined
    },
    { everyMs: 2 },
  )
}
