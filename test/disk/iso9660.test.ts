// One database is enough: nothing here has one.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { findCommand } from '../../drivers/local/system-packages.ts'
import { makeIso, type IsoOptions } from '../../src/disk/iso9660/make-iso.ts'

const run = promisify(execFile)
const missing = ['bsdtar', 'isoinfo'].filter((command) => findCommand(command) === undefined)
const skip =
  missing.length > 0 && `${missing.join(', ')} missing (Debian: apt-get install libarchive-tools genisoimage)`
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-iso-'))
})
after(() => rm(folder, { recursive: true }))

const make = (contents: IsoOptions['contents'], volumeId = 'config-2'): Buffer =>
  makeIso({ volumeId, madeAt: new Date(Date.UTC(2026, 0, 31, 12)), contents })
const file = (paths: readonly string[], text: string) => ({ paths, content: Buffer.from(text) })
const refused = (paths: readonly string[]): void =>
  assert.throws(() => make([file(paths, 'x')]), { name: 'DiskError', code: 'bad-option' }, paths.join())

/** What libarchive reads: every file by its path. */
async function extracted(iso: Buffer): Promise<Record<string, string>> {
  const [path, into] = [join(folder, 'drive.iso'), join(folder, 'drive')]
  await rm(into, { recursive: true, force: true })
  await mkdir(into)
  await writeFile(path, iso)
  await run('bsdtar', ['-xf', path, '-C', into])
  const entries = await readdir(into, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.map(async (name) => [name.slice(into.length + 1), await readFile(name, 'utf8')]),
  )
  return Object.fromEntries(texts) as Record<string, string>
}

test('another’s tools find each file under each of its paths', { skip }, async () => {
  const latest = { 'openstack/latest/meta_data.json': '{"a":1}', 'openstack/2012-08-10/meta_data.json': '{"a":1}' }
  const iso = make([
    file(Object.keys(latest), '{"a":1}'),
    file(['user-data'], 'x'.repeat(5000)),
    file(['a/b/c/d/e/empty'], ''),
  ])
  assert.deepEqual(await extracted(iso), { ...latest, 'user-data': 'x'.repeat(5000), 'a/b/c/d/e/empty': '' })
})

test('both trees name everything as it is; the name of the drive is the label', { skip }, async () => {
  const path = join(folder, 'label.iso')
  await writeFile(path, make([file(['openstack/latest/meta_data.json'], '{}')]))
  const { stdout: about } = await run('isoinfo', ['-d', '-i', path])
  assert.match(about, /Volume id: config-2/)
  assert.match(about, /Joliet with UCS level 3/)
  for (const tree of [[], ['-J']]) {
    const { stdout } = await run('isoinfo', [...tree, '-f', '-i', path])
    assert.match(stdout, /^\/openstack\/latest\/meta_data\.json;1$/m)
  }
})

test('folders of more than one sector', { skip }, async () => {
  const names = Array.from({ length: 200 }, (_, index) => `many/file-number-${index}.json`)
  const found = await extracted(make(names.map((name) => file([name], name))))
  assert.deepEqual(found, Object.fromEntries(names.map((name) => [name, name])))
})

test('equal bytes under several paths lie in it once', () => {
  const large = 'x'.repeat(100_000)
  const paths = Array.from({ length: 10 }, (_, index) => `${index}/user_data`)
  assert.ok(make([file(paths, large)]).length < 2 * large.length)
})

test('paths that a guest might not find are refused', () => {
  for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', 'a b', 'ä', 'x'.repeat(29), 'a/b/c/d/e/f/g/h'])
    refused([path])
  refused(['a', 'a'])
  refused(['a', 'a/b'])
  refused(['a/b', 'a'])
  refused(Array.from({ length: 257 }, (_, index) => `f${index}`))
  for (const name of ['', 'x'.repeat(17), 'a b', 'ä']) assert.throws(() => make([], name), /1 to 16/)
})
