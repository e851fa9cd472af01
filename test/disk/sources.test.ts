import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ClaimMap } from '../../src/disk/claim-map.ts'
import { crc32c } from '../../src/disk/crc32c.ts'
import { bufferSource, DiskError, inspectDisk, openFileSource } from '../../src/disk/index.ts'
import { withTempFolder } from './disk-fixtures.ts'
import { qcow2Image } from './handmade-images.ts'

const isTruncated = (error: unknown) => error instanceof DiskError && error.code === 'truncated'

test('a file source reads exactly, refuses to read outside, and closes itself', async () => {
  await withTempFolder(async (folder) => {
    const path = join(folder, 'bytes')
    await writeFile(path, 'abcdef')
    const source = await openFileSource(path)
    {
      await using closing = source
      assert.equal((await closing.read(2, 3)).toString(), 'cde')
      await assert.rejects(closing.read(4, 3), isTruncated)
      await assert.rejects(closing.read(-1, 1), isTruncated)
      await assert.rejects(closing.read(0, Number.NaN), isTruncated)
    }
    await assert.rejects(source.read(0, 1), { code: 'EBADF' })
  })
})

test('a file that shrinks while it is read is an error, not zeros', async () => {
  await withTempFolder(async (folder) => {
    const path = join(folder, 'bytes')
    await writeFile(path, 'abcdef')
    await using source = await openFileSource(path)
    await writeFile(path, 'abc')
    await assert.rejects(source.read(0, 6), isTruncated)
  })
})

test('an inspection stops at its signal', async () => {
  const reason = new Error('enough')
  const inspection = inspectDisk(bufferSource(qcow2Image()), { signal: AbortSignal.abort(reason) })
  await assert.rejects(inspection, (error) => error === reason)
})

test('tables beyond the limit are left unchecked and said so', async () => {
  const inspection = await inspectDisk(bufferSource(qcow2Image()), { limits: { maxTableBytes: 0 } })
  assert.equal(inspection.tablesChecked, 'part')
})

test('claims collide exactly where ranges touch the same unit', () => {
  const claims = new ClaimMap(100 * 512, 512)
  assert.equal(claims.claim(0, 513), true)
  assert.equal(claims.claim(1024, 20 * 512), true)
  assert.equal(claims.claim(1023, 1), false)
  assert.equal(claims.claim(99 * 512, 512), true)
  assert.equal(claims.has(22 * 512), false)
  assert.equal(claims.claim(21 * 512, 1), false)
})

test('CRC-32C of the well-known check string', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283)
})
