/** Through the whole service: the storage on which a guest's drives lie goes away, and comes back. */
// One database is enough: it is about a host's storage.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { shareMarker } from '../../drivers/qemu/shared-storage.ts'
import { makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { expectClean } from '../support/kill9.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import {
  createFlavor,
  createServer,
  uploadImage,
  waitForHosts,
  waitUntilGone,
  waitUntilSettled,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'

describe('shared storage', { skip: qemuMissing, timeout: 300_000 }, () => {
  let dataDir: string
  let share: string
  let service: SpawnedService
  let client: ApiClient

  before(async () => {
    dataDir = await makeDataDir()
    share = join(dataDir, 'shared')
    await mkdir(share, { mode: 0o711 })
    await writeFile(join(share, shareMarker), '')
    service = await startService({
      dataDir,
      args: ['--driver', 'qemu'],
      environment: { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ qemu: { sharedDisks: share } }) },
    })
    client = await service.client()
    await waitForHosts(client)
  })
  after(async () => {
    await service?.stop()
    await removeDataDir(dataDir)
  })

  const sets = (): string[] => readdirSync(share).filter((name) => name !== shareMarker)
  const healthy = async (): Promise<boolean> => {
    const { hosts } = await client.get<{ hosts: readonly { readonly healthy: boolean }[] }>('/v1/hosts')
    return hosts.every((host) => host.healthy)
  }
  const wait = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<true> =>
    waitUntil(what, async () => ((await isSo()) ? true : undefined), { timeoutMs: 90_000, everyMs: 100 })

  test('deleted while the storage is away, a server is gone, and its drives go once the storage is back', async () => {
    const file = join(dataDir, 'boot.raw')
    await writeFile(file, makeBootSector())
    const id = await createServer(client, await uploadImage(client, file), await createFlavor(client, 'tiny'), 'one')
    assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
    assert.deepEqual(
      sets().map((name) => name.split('.')[0]),
      [id],
    )
    await rename(share, `${share}-away`)
    await mkdir(share)
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    await waitUntilGone(client, id)
    await wait('the host to be unwell', async () => !(await healthy()))
    assert.deepEqual(sets(), [], 'something was made where nothing is mounted')
    await rmdir(share)
    await rename(`${share}-away`, share)
    await wait('the host to be well', healthy)
    await wait('the drives to go', () => sets().length === 0)
    await expectClean(client, dataDir, 'one')
  })
})
