/** What guests need on CPUs with AMX, as it comes to be there. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { compilerPackage, needsRegistersShim, registersShim } from '../../drivers/uml/registers-shim.ts'
import { missingPackages } from '../../drivers/local/system-packages.ts'

const skip =
  (!needsRegistersShim() && 'the CPU has no AMX') ||
  (missingPackages([compilerPackage]).length > 0 && 'no C compiler; run: sh scripts/setup.sh runtime')

test('guests that start together have it all, and nothing else is left', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pv-shim-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const made = await Promise.all(Array.from({ length: 8 }, () => registersShim(folder)))
  const [file, ...others] = new Set(made.map(({ LD_PRELOAD }) => LD_PRELOAD))
  assert.ok(file !== undefined && others.length === 0)
  assert.deepEqual(await readdir(folder), [basename(file)])
  const { mode, mtimeMs } = await stat(file)
  assert.equal(mode & 0o777, 0o644)
  await registersShim(folder)
  assert.equal((await stat(file)).mtimeMs, mtimeMs) // made once
})
