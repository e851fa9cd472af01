import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { makeQcow2, maxQcow2SizeBytes } from '../../src/disk/formats/qcow2/overlay.ts'

// qemu-img is the judge here, never a part of the product.
const run = promisify(execFile)
const qemuImg = spawnSync('qemu-img', ['--version']).status === 0
const skip = qemuImg ? false : 'SKIPPED: qemu-img is missing; run: apt-get install -y qemu-utils'

describe('empty qcow2 files', { skip }, () => {
  let dir: string
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pv-overlay-'))
  })
  after(async () => {
    await rm(dir, { recursive: true })
  })

  async function info(path: string): Promise<Record<string, unknown>> {
    const { stdout } = await run('qemu-img', ['info', '--output=json', path])
    return JSON.parse(stdout) as Record<string, unknown>
  }

  for (const sizeBytes of [512, 65_536, 10 * 1024 ** 2 + 512, 1024 ** 3, 5 * 1024 ** 4]) {
    test(`a blank disk of ${sizeBytes} bytes is sound`, async () => {
      const path = join(dir, `blank-${sizeBytes}.qcow2`)
      await writeFile(path, makeQcow2({ sizeBytes }))
      await run('qemu-img', ['check', path])
      const found = await info(path)
      assert.equal(found['virtual-size'], sizeBytes)
      assert.equal(found['format'], 'qcow2')
      assert.equal(found['backing-filename'], undefined)
    })
  }

  for (const format of ['raw', 'qcow2'] as const) {
    test(`an overlay over ${format} is sound, grows, and reads like its backing file`, async () => {
      const backing = join(dir, `backing ü.${format}`)
      if (format === 'raw') {
        await writeFile(backing, Buffer.alloc(1024 * 1024, 0x5a))
        await truncate(backing, 2 * 1024 * 1024)
      } else {
        await writeFile(join(dir, 'source.raw'), Buffer.alloc(2 * 1024 * 1024, 0xa5))
        await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', join(dir, 'source.raw'), backing])
      }
      const path = join(dir, `overlay-${format}.qcow2`)
      await writeFile(path, makeQcow2({ sizeBytes: 1024 ** 3, backing: { path: backing, format } }))
      await run('qemu-img', ['check', path])
      const found = await info(path)
      assert.equal(found['backing-filename'], backing)
      assert.equal(found['backing-filename-format'], format)
      assert.equal(found['virtual-size'], 1024 ** 3)
      await run('qemu-img', ['compare', path, backing])
    })
  }

  test('a guest that writes to an overlay leaves the backing file as it was', async () => {
    const backing = join(dir, 'kept.raw')
    await writeFile(backing, Buffer.alloc(65_536, 1))
    const path = join(dir, 'written.qcow2')
    await writeFile(path, makeQcow2({ sizeBytes: 131_072, backing: { path: backing, format: 'raw' } }))
    await run('qemu-io', ['-c', 'write -P 7 32768 65536', path])
    await run('qemu-io', [
      '-c',
      'read -P 1 0 32768',
      '-c',
      'read -P 7 32768 65536',
      '-c',
      'read -P 0 98304 32768',
      path,
    ])
    await run('qemu-img', ['check', path])
    await run('qemu-io', ['-f', 'raw', '-c', 'read -P 1 0 65536', backing])
  })
})

describe('sizes and names that qcow2 cannot hold', () => {
  test('are refused', () => {
    for (const sizeBytes of [0, -512, 513, 0.5, Number.NaN, maxQcow2SizeBytes + 512]) {
      assert.throws(() => makeQcow2({ sizeBytes }), RangeError)
    }
    const backing = { path: 'a'.repeat(1024), format: 'raw' } as const
    assert.throws(() => makeQcow2({ sizeBytes: 512, backing }), RangeError)
  })

  test('any allowed size gives an L1 table that covers it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 38 }), (sectors) => {
        const file = makeQcow2({ sizeBytes: sectors * 512 })
        const l1Entries = file.readUInt32BE(36)
        assert.ok(l1Entries * 512 * 1024 ** 2 >= sectors * 512)
        assert.ok(Number(file.readBigUInt64BE(40)) + l1Entries * 8 <= file.length)
      }),
      { numRuns: 50 },
    )
  })
})
