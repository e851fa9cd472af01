/** Images that no guest stands on go; whatever a disk stands on, or somebody needs, stays. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, open, readdir, rm, writeFile, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { DisposableFiles } from '../../drivers/local/disposable-files.ts'
import { imagesInUse } from '../../drivers/qemu/images-in-use.ts'
import { writeCow } from '../../drivers/uml/cow.ts'
import { basesInUse } from '../../drivers/uml/disk-bases.ts'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'

let dir: string
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'pv-unused-'))))
afterEach(() => rm(dir, { recursive: true }))

const dayMs = 86_400_000

async function filesWith(...names: readonly string[]): Promise<DisposableFiles> {
  for (const name of names) await writeFile(join(dir, name), Buffer.alloc(8192, name))
  return new DisposableFiles(dir, (name) => name.endsWith('.part'))
}

test('what nobody needed for the time goes, and its room is told; what something stands on stays', async () => {
  const files = await filesWith('used', 'unused', 'half.part')
  const removed = await files.removeUnused(new Set([join(dir, 'used')]), 0)
  assert.deepEqual(removed, { files: 1, bytes: 8192 })
  assert.deepEqual((await readdir(dir)).sort(), ['half.part', 'used'])
})

test('what came, or was needed, within the time stays', async () => {
  const files = await filesWith('new')
  assert.deepEqual(await files.removeUnused(new Set(), dayMs), { files: 0, bytes: 0 })
  await files.need(join(dir, 'new'))
  await files.need(join(dir, 'not there'))
  assert.deepEqual(await files.removeUnused(new Set(), dayMs), { files: 0, bytes: 0 })
  assert.deepEqual(await readdir(dir), ['new'])
})

test('QEMU: disks say themselves on which image they stand; one that cannot be read is an error', async () => {
  const image = join(dir, 'cache', 'image.raw')
  await mkdir(join(dir, 'cache'))
  await writeFile(image, Buffer.alloc(1024 ** 2))
  const folder = join(dir, 'instances', 'some')
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'root.qcow2'),
    makeQcow2({ sizeBytes: 1024 ** 2, backing: { path: image, format: 'raw' } }),
  )
  await writeFile(join(folder, 'blank.qcow2'), makeQcow2({ sizeBytes: 1024 ** 2 }))
  const host = { instancesDir: join(dir, 'instances') }
  // Of hosts that share it; their storage may be away.
  await symlink(join(folder, 'drives', 'root.qcow2'), join(folder, 'shared.qcow2'))
  assert.deepEqual([...(await imagesInUse(host))], [image])
  await writeFile(join(folder, 'spoiled.qcow2'), 'no disk at all')
  await assert.rejects(imagesInUse(host))
})

test('User-Mode Linux: disks say themselves on which base they stand', async () => {
  const folder = join(dir, 'instances', 'some')
  await mkdir(folder, { recursive: true })
  const path = join(dir, 'bases', 'ünique.4096')
  await using file = await open(join(folder, 'root.cow'), 'w')
  await writeCow(file, { path, sizeBytes: 4096, modifiedAtSeconds: 1 })
  assert.deepEqual([...(await basesInUse({ instancesDir: join(dir, 'instances') }))], [path])
})

test('User-Mode Linux: a disk that is being made counts as soon as it says on what; a spoiled one is an error', async () => {
  const folder = join(dir, 'instances', 'some')
  await mkdir(folder, { recursive: true })
  const path = join(dir, 'bases', 'larger.8192')
  await writeFile(join(folder, 'other.cow.part'), '')
  await using file = await open(join(folder, 'root.cow.part'), 'w')
  await writeCow(file, { path, sizeBytes: 8192, modifiedAtSeconds: 1 })
  const host = { instancesDir: join(dir, 'instances') }
  assert.deepEqual([...(await basesInUse(host))], [path])
  await writeFile(join(folder, 'spoiled.cow'), '')
  await assert.rejects(basesInUse(host), { message: /some\/spoiled\.cow/ })
})

test('User-Mode Linux: of a disk whose guest spoiled its header, and of any other, the record says it', async () => {
  const folder = join(dir, 'instances', 'some')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'root.cow'), 'no disk at all')
  await writeFile(join(folder, 'rescue.cow'), '')
  await using file = await open(join(folder, 'grown.cow'), 'w')
  await writeCow(file, { path: '/bases/larger.8192', sizeBytes: 8192, modifiedAtSeconds: 1 })
  const disk = (id: string, base: string) => ({ id, file: `${id}.cow`, kind: 'cow', readOnly: false, base })
  const blank = { ...disk('blank', ''), base: null, kind: 'raw', file: 'blank.raw' }
  const disks = [disk('root', 'image.4096'), disk('grown', 'larger.4096'), blank]
  await writeFile(
    join(folder, 'vm.json'),
    JSON.stringify({ instanceId: 'some', disks, rescue: disk('rescue', 'rescue.4096') }),
  )
  const found = await basesInUse({ instancesDir: join(dir, 'instances') })
  assert.deepEqual([...found].sort(), ['/bases/larger.8192', 'image.4096', 'larger.4096', 'rescue.4096'])
})
