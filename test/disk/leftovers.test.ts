/** A process that is killed cannot tidy up: the next conversion to the same target does, and touches nobody else's files. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, watch, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { bufferSource, convertDisk } from '../../src/disk/index.ts'
import { makeTemporaryPath } from '../../src/disk/temporary-name.ts'
import { content } from './disk-content.ts'
import { withTempFolder } from './disk-fixtures.ts'

const polyvisor = join(import.meta.dirname, '..', '..', 'bin', 'polyvisor')

test('after kill -9 the next conversion leaves only the target', async () => {
  await withTempFolder(async (folder) => {
    const target = join(folder, 'disk.raw')
    const changes = watch(folder, { signal: AbortSignal.timeout(30_000) })
    // Its input stays open, so it waits for more in the middle of its work.
    const args = [
      'disk',
      'convert',
      '--from',
      'raw',
      '--to',
      'vmdk',
      '--option',
      'subformat=monolithicFlat',
      '-',
      target,
    ]
    const child = spawn(polyvisor, args, { stdio: ['pipe', 'ignore', 'inherit'] })
    // It is killed while there is still something for it to read.
    child.stdin.on('error', () => undefined)
    child.stdin.write(content)
    for await (const { filename } of changes) if (filename?.startsWith('.disk-flat.raw.') === true) break
    child.kill('SIGKILL')
    await once(child, 'exit')
    child.stdin.destroy()
    assert.equal((await readdir(folder)).length, 2)
    await convertDisk({
      source: bufferSource(content),
      target,
      targetFormat: 'vmdk',
      targetOptions: { subformat: 'monolithicFlat' },
    })
    assert.deepEqual((await readdir(folder)).sort(), ['disk-flat.raw', 'disk.raw'])
  })
})

test('files of a running conversion, of other targets and other machines stay', async () => {
  await withTempFolder(async (folder) => {
    const target = join(folder, 'disk.raw')
    const running = basename(await makeTemporaryPath(target))
    const others = [
      running,
      running.replace(/[0-9a-f]{8}-/, '00000000-').replace(`-${process.pid}-`, '-1-'),
      '.disk.raw.notes.part',
      '.other.raw.00000000-1-000000000000.part',
    ]
    for (const name of others) await writeFile(join(folder, name), 'x')
    await convertDisk({ source: bufferSource(content), target, targetFormat: 'raw' })
    assert.deepEqual((await readdir(folder)).sort(), [...others, 'disk.raw'].sort())
  })
})
