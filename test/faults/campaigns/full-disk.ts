/** A disk that is full under the data directory, in the middle of boots: refusals with a reason, and all well once there is room. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../../src/store/database.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'
import { findLeaks } from '../../support/leaks.ts'
import {
  createFlavor,
  createServer,
  listServers,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
} from '../../support/servers.ts'
import { makeDataDir, removeDataDir, startService } from '../../support/start-service.ts'
import type { Campaign } from '../campaign.ts'

const rounds = { short: 2, full: 12 }

export const fullDiskCampaign: Campaign = {
  name: 'full-disk',
  needsEngines: false,
  ownDatabase: true,
  needsRoot: true,
  async run(stage) {
    const tally = stage.tally('disk full under the data directory')
    const folder = await makeDataDir('polyvisor-full-')
    const dataDir = join(folder, 'data')
    await mkdir(dataDir)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0711', 'tmpfs', dataDir])
    // Its log lies elsewhere: what is full is what it keeps.
    const service = await startService({
      dataDir,
      args: ['--driver', 'sim', '--log-level', 'error', '--set', 'imagesDir=' + join(folder, 'images')],
    })
    try {
      const client = await service.client()
      await waitForHosts(client)
      const file = join(folder, 'image.raw')
      await writeFile(file, Buffer.alloc(4096, 'x'))
      const imageId = await uploadImage(client, file)
      const flavorId = await createFlavor(client, 'full')
      for (let round = 0; round < rounds[stage.isShort ? 'short' : 'full']; round += 1) {
        await tally.holds(`round ${round + 1}`, async () => {
          const boots = Array.from({ length: 4 }, (_, index) =>
            createServer(client, imageId, flavorId, `full-${index}`).catch(() => undefined),
          )
          fill(join(dataDir, 'filler'))
          tally.injected += 1
          // Each is refused now, or accepted and worked on once there is room.
          const more = Array.from({ length: 4 }, (_, index) =>
            createServer(client, imageId, flavorId, `fuller-${index}`).catch(() => undefined),
          )
          await Promise.all([...boots, ...more])
          const health = await fetch(`${service.url}/healthz`)
          assert.equal(health.status, 200, 'the service lives')
          rmSync(join(dataDir, 'filler'))
          const after = await createServer(client, imageId, flavorId, 'room-again')
          assert.equal((await waitUntilSettled(client, after)).status, 'ACTIVE')
          for (const { id } of await listServers(client)) {
            const { status, fault } = await waitUntilSettled(client, id)
            if (status === 'ERROR') assert.ok((fault?.message ?? '') !== '', 'an ERROR server says why')
            await client.send('DELETE', `/compute/v2.1/servers/${id}`)
          }
          await nothingLeft(dataDir)
        })
        stage.say(`full disk, round ${round + 1}`)
      }
    } finally {
      await service.kill9()
      execFileSync('umount', ['-l', dataDir])
      await removeDataDir(folder)
    }
  },
}

/** Until not a byte more goes on it. */
function fill(path: string): void {
  for (const size of [1 << 20, 1 << 12, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}

async function nothingLeft(dataDir: string): Promise<void> {
  const db = await openDatabase({ engine: 'sqlite', filename: join(dataDir, 'database/polyvisor.db') })
  try {
    let last: readonly string[] = []
    const probe = async (): Promise<true | undefined> => {
      const live: unknown[] = await db('instances').whereNull('deleted_at').select('id')
      last = [...(await findLeaks(db, [])), ...(live.length > 0 ? [`${live.length} instances`] : [])]
      return last.length === 0 ? true : undefined
    }
    await waitUntil('nothing to be left', probe, { timeoutMs: 30_000 }).catch(() => {
      throw new Error(last.join('; '))
    })
  } finally {
    await db.destroy()
  }
}
