/** `npm run new-driver`: what it writes where, and what it refuses. That its drivers work is shown by new-driver.e2e.test.ts. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeDriver, NewDriverError } from '../../scripts/new-driver/make-driver.ts'
import { findBrokenRules, readSources } from '../support/import-rules.ts'

const ownRoot = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'polyvisor-new-driver-'))
after(() => rmSync(folder, { recursive: true }))

const templateFiles = readdirSync(join(ownRoot, 'drivers/template')).filter((name) => name !== 'template.test.ts')

test('in the tree it has the files of the template, keeps the import rules, and its test stands with the others', async () => {
  const root = join(folder, 'tree')
  const made = await makeDriver({ name: 'acme-cloud', root })
  assert.equal(made.folder, join(root, 'drivers/acme-cloud'))
  assert.deepEqual(readdirSync(made.folder).sort(), [...templateFiles].sort())
  assert.equal(made.test, join(root, 'test/drivers/acme-cloud.test.ts'))
  const sources = readSources(root, ['drivers', 'test'])
  assert.deepEqual(findBrokenRules(sources), [])
  for (const { path, text } of sources) {
    assert.doesNotMatch(text, /template/i, path)
    for (const [, specifier = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const target = join(path, '..', specifier)
      assert.ok(existsSync(join(root, target)) || existsSync(join(ownRoot, target)), `${path} imports ${specifier}`)
    }
  }
  assert.match(readFileSync(join(made.folder, 'driver.ts'), 'utf8'), /class AcmeCloudDriver /)
})

test('outside of the tree it reaches the contract and the kit as a package, and is one itself', async () => {
  const made = await makeDriver({ name: 'acme', root: ownRoot, at: join(folder, 'away') })
  const names = readdirSync(made.folder)
  assert.deepEqual(names.sort(), [...templateFiles, 'acme.test.ts', 'package.json', 'tsconfig.json'].sort())
  for (const name of names) {
    const text = readFileSync(join(made.folder, name), 'utf8')
    assert.doesNotMatch(text, /template|\.\.\//i, name)
  }
  assert.match(readFileSync(join(made.folder, 'README.md'), 'utf8'), new RegExp(`--driver ${made.folder}/index.ts`))
})

test('the path of its folder stays as it is, whatever that is called', async () => {
  const made = await makeDriver({ name: 'acme', root: ownRoot, at: join(folder, 'templates $& co') })
  assert.ok(readFileSync(join(made.folder, 'README.md'), 'utf8').includes(`--driver ${made.folder}/index.ts`))
})

const refused: readonly (readonly [string, Parameters<typeof makeDriver>[0], RegExp])[] = [
  ...['', 'Acme', '1st', 'a/b', '../x', 'a--b', 'a-', 'a b', 'a'.repeat(41)].map(
    (name) => [`the name ${JSON.stringify(name)}`, { name, root: folder }, /must be at most 40 lower-case/] as const,
  ),
  ['a driver of the house', { name: 'sim', root: ownRoot, at: folder }, /drivers\/sim is there already/],
  ['a folder that is there', { name: 'there', root: ownRoot, at: folder }, /there is there already; remove it/],
  ['a place inside', { name: 'acme', root: ownRoot, at: join(ownRoot, 'x') }, /inside of this repository; leave --at/],
]
for (const [what, options, text] of refused) {
  test(`it refuses ${what}, and writes nothing`, async () => {
    mkdirSync(join(folder, 'there'), { recursive: true })
    const before = readdirSync(folder)
    await assert.rejects(makeDriver(options), (error) => error instanceof NewDriverError && text.test(error.message))
    assert.deepEqual(readdirSync(folder), before)
  })
}
