/** A tebibyte of data is written in little memory: tables are written as they fill. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from './disk-fixtures.ts'

const maxMb = 256
const script = join(import.meta.dirname, '..', 'support', 'write-tebibyte.ts')

for (const target of [['qcow2'], ['vmdk', 'subformat=monolithicSparse'], ['vhd'], ['raw']]) {
  test(`1 TiB of data as ${target.join(', ')} in less than ${maxMb} MB`, async (t) => {
    const { stdout } = await run(process.execPath, [script, ...target])
    t.diagnostic(`${stdout.trim()} MB`)
    assert.ok(Number(stdout) > 0 && Number(stdout) < maxMb, `${stdout} MB`)
  })
}
