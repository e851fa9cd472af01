/** Backup of a service that is being used, restore elsewhere, and archives that are not whole. */
// One database is enough: backups are of SQLite; it says itself what a service on PostgreSQL is told.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { writeBackup } from '../../src/backup/index.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { writeServiceFile } from '../../src/cli/service-file.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { createFlavor, createServer, uploadImage, waitForHosts } from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'

const command = fileURLToPath(new URL('../../bin/polyvisor', import.meta.url))
const unlimited = ['instances', 'cores', 'ramMb'].flatMap((name) => ['--set', `quotas.${name}=-1`])
const args = ['--driver', 'sim', '--log-level', 'warn', ...unlimited]
const onSqlite = { POLYVISOR_DATABASE_ENGINE: 'sqlite', POLYVISOR_DATABASE_URL: '' }
const bytes = randomBytes(3 * 1024 * 1024)

let folder: string
let archive: string
let service: SpawnedService
let client: ApiClient
let imageId: string
let flavorId: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-backup-'))
  archive = join(folder, 'all.tar')
  service = await startService({ args, environment: onSqlite })
  client = await service.client()
  await waitForHosts(client)
  await writeFile(join(folder, 'image.raw'), bytes)
  imageId = await uploadImage(client, join(folder, 'image.raw'))
  flavorId = await createFlavor(client, 'tiny')
})
after(async () => {
  await service.stop()
  await removeDataDir(service.dataDir)
  await rm(folder, { recursive: true })
})

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(command, words, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
  })
}

async function newDir(): Promise<string> {
  return mkdtemp(join(folder, 'data-'))
}

test('of a service on PostgreSQL nothing is backed up here: it says how it is', async () => {
  const dataDir = await newDir()
  await mkdir(join(dataDir, 'database'))
  await writeFile(join(dataDir, 'database/engine'), 'postgres\n')
  const result = await run('backup', '--data-dir', dataDir, join(folder, 'none.tar'))
  assert.equal(result.code, 1)
  assert.match(result.err, /keeps its records in PostgreSQL.*pg_dump/)
  assert.ok(!(await readdir(folder)).includes('none.tar'))
  await rm(dataDir, { recursive: true })
})

async function serverIds(from: ApiClient): Promise<readonly string[]> {
  const { servers } = await from.get<{ servers: readonly { id: string }[] }>('/compute/v2.1/servers')
  return servers.map(({ id }) => id)
}

test('a backup taken while servers are created is one moment of the service', { timeout: 120_000 }, async () => {
  const first = await createServer(client, imageId, flavorId, 'before')
  let creating = true
  const acknowledged: string[] = []
  const load = (async () => {
    while (creating) acknowledged.push(await createServer(client, imageId, flavorId, 'during'))
  })()
  await waitUntil('servers being created', () => (acknowledged.length > 1 ? true : undefined))
  const known = [...acknowledged]
  const result = await run('backup', '--data-dir', service.dataDir, archive)
  const countMeanwhile = acknowledged.length - known.length
  creating = false
  await load
  assert.equal(result.code, 0, result.err)
  assert.match(result.out, /1 images.*guests' disks are not in it/)
  assert.equal((await stat(archive)).mode & 0o777, 0o600)
  assert.deepEqual((await readdir(folder)).sort(), ['all.tar', 'image.raw'], 'no temporary file is left')
  assert.ok(countMeanwhile > 0, 'servers were created meanwhile')

  const dataDir = await makeDataDir()
  try {
    const restored = await run('restore', archive, '--data-dir', dataDir)
    assert.equal(restored.code, 0, restored.err)
    const file = join(dataDir, 'database/polyvisor.db')
    const database = new DatabaseSync(file, { readOnly: true })
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
    database.close()
    const other = await startService({ args, dataDir, environment: onSqlite })
    try {
      const otherClient = await other.client()
      const ids = await serverIds(otherClient)
      assert.ok(ids.includes(first))
      for (const id of known) assert.ok(ids.includes(id), 'acknowledged before the backup began')
      assert.equal(other.openrc['OS_PASSWORD'], service.openrc['OS_PASSWORD'])
      const image = await otherClient.send('GET', `/image/v2/images/${imageId}/file`)
      assert.equal(sha256(Buffer.from(await image.arrayBuffer())), sha256(bytes))
      const { flavors } = await otherClient.get<{ flavors: readonly { id: string }[] }>('/compute/v2.1/flavors')
      assert.ok(flavors.some(({ id }) => id === flavorId))
    } finally {
      await other.stop()
    }
  } finally {
    await removeDataDir(dataDir)
  }
})

test('restore refuses a directory with a service in it, and leaves it alone', async () => {
  const result = await run('restore', archive, '--data-dir', service.dataDir)
  assert.equal(result.code, 1)
  assert.match(result.err, /is not empty: a service runs in it/)
  assert.ok((await serverIds(client)).length > 0)
})

test('an archive that was cut or changed anywhere is refused, and the directory stays empty', async () => {
  const whole = await readFile(archive)
  const spoiled: Readonly<Record<string, Buffer>> = {
    'cut within an image': whole.subarray(0, 1_000_000),
    'cut at its manifest': whole.subarray(0, whole.lastIndexOf('manifest.json')),
    'one bit of an image': flipped(whole, 500_000),
    'one bit of the database': flipped(whole, whole.indexOf('SQLite format 3') + 20_000),
    'no archive': Buffer.from('this is no archive at all'),
    empty: Buffer.alloc(0),
  }
  for (const [what, content] of Object.entries(spoiled)) {
    const file = join(folder, 'spoiled.tar')
    await writeFile(file, content)
    const dataDir = await newDir()
    const result = await run('restore', file, '--data-dir', dataDir)
    assert.equal(result.code, 1, what)
    assert.match(result.err, /The archive is not whole, nothing was restored/, what)
    assert.deepEqual(await readdir(dataDir), [], what)
  }
})

test('an image that is deleted while the backup runs is left out, in the database too', async () => {
  // The row of the snapshot is still there, its file is gone: what a deletion in between looks like.
  const copyFrom = await newDir()
  assert.equal((await run('restore', archive, '--data-dir', copyFrom)).code, 0)
  await rm(join(copyFrom, 'images', imageId))
  const hostId = 'agent/drivers/qemu/node-id'
  await mkdir(join(copyFrom, 'agent/drivers/qemu'), { recursive: true })
  await writeFile(join(copyFrom, hostId), 'a-host\n')
  const file = join(folder, 'without.tar')
  const { leftOut, imageCount } = await writeBackup({ dataDir: copyFrom, file, version: '0' })
  assert.deepEqual({ leftOut, imageCount }, { leftOut: [imageId], imageCount: 0 })
  const dataDir = await newDir()
  assert.equal((await run('restore', file, '--data-dir', dataDir)).code, 0)
  assert.equal(await readFile(join(dataDir, hostId), 'utf8'), 'a-host\n', 'servers stay on their host')
  const database = new DatabaseSync(join(dataDir, 'database/polyvisor.db'), { readOnly: true })
  assert.deepEqual({ ...database.prepare('select status from images').get() }, { status: 'deleting' })
  database.close()
})

test('what settings placed elsewhere is in the archive, and restored inside; a data directory may be moved', async () => {
  const dataDir = await newDir()
  assert.equal((await run('restore', archive, '--data-dir', dataDir)).code, 0)
  const elsewhere = await newDir()
  await rename(join(dataDir, 'images'), join(elsewhere, 'pictures'))
  await rename(join(dataDir, 'admin-password'), join(elsewhere, 'password'))
  const places = { imagesDir: join(elsewhere, 'pictures'), adminPasswordFile: join(elsewhere, 'password') }
  // The key lies where it always does, in a folder that had another name when the service ran.
  const before = { dataDir: '/var/lib/before', credentialKeyFile: '/var/lib/before/credential-key' }
  await writeServiceFile(dataDir, { publicUrl: 'http://a', pid: 1, region: 'RegionOne', ...places, ...before })
  const file = join(folder, 'moved.tar')
  const { leftOut, imageCount } = await writeBackup({ dataDir, file, version: '0' })
  assert.deepEqual({ leftOut, imageCount }, { leftOut: [], imageCount: 1 })
  const restored = await newDir()
  const result = await run('restore', file, '--data-dir', restored)
  assert.equal(result.code, 0, result.err)
  assert.match(result.out, /imagesDir, adminPasswordFile placed elsewhere lies in/)
  for (const [inside, path] of [
    [join('images', imageId), join(places.imagesDir, imageId)],
    ['admin-password', places.adminPasswordFile],
    ['credential-key', join(dataDir, 'credential-key')],
  ] as const)
    assert.deepEqual(await readFile(join(restored, inside)), await readFile(path), inside)
  await rm(places.adminPasswordFile)
  const refused = await run('backup', '--data-dir', dataDir, join(folder, 'none.tar'))
  assert.match(refused.err, /password.*is not there/)
})

test('a damaged image stops the backup, which names it and leaves no file', async () => {
  const dataDir = await newDir()
  assert.equal((await run('restore', archive, '--data-dir', dataDir)).code, 0)
  await writeFile(join(dataDir, 'images', imageId), flipped(bytes, 77))
  const result = await run('backup', '--data-dir', dataDir, join(folder, 'damaged.tar'))
  assert.equal(result.code, 1)
  assert.match(result.err, new RegExp(`image ${imageId} is damaged`))
  assert.ok(!(await readdir(folder)).includes('damaged.tar'))
})

test('a folder without a service cannot be backed up', async () => {
  const result = await run('backup', '--data-dir', await newDir(), join(folder, 'nothing.tar'))
  assert.equal(result.code, 1)
  assert.match(result.err, /name the data directory of a service/)
})

function flipped(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
