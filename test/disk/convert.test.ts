/** Conversions without any other tool: streams, and disks of unknown length. */
import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { bufferSource, convertDisk } from '../../src/disk/index.ts'
import { content, contentSha256, hashOf } from './disk-content.ts'
import { withTempFolder } from './disk-fixtures.ts'
import { writtenVariants } from '../support/written-variants.ts'

test('streams in and out: raw, streamOptimized and fixed VHD to a pipe, raw and streamOptimized from one', async () => {
  await withTempFolder(async (folder) => {
    for (const { name, format, options } of writtenVariants.filter(({ canStream }) => canStream)) {
      const pipe = new PassThrough()
      const [, bytes] = await Promise.all([
        convertDisk({ source: bufferSource(content), target: pipe, targetFormat: format, targetOptions: options }),
        buffer(pipe),
      ])
      const path = join(folder, name)
      await writeFile(path, bytes)
      assert.equal(await hashOf(path, folder), contentSha256, name)
      if (format === 'vhd') continue
      const back = join(folder, `${name}-back.qcow2`)
      const source = createReadStream(path)
      const result = await convertDisk({ source, format, target: back, targetFormat: 'qcow2', hash: true })
      assert.equal(result.sha256, contentSha256, `${name} from a stream`)
      assert.equal(await hashOf(back, folder), contentSha256, `${name} from a stream`)
      assert.ok(source.destroyed, 'the source is closed')
    }
  })
})

test('a raw stream of unknown length becomes every format that can wait for its end', async () => {
  await withTempFolder(async (folder) => {
    for (const { name, format, options } of writtenVariants) {
      const target = join(folder, `${name}.${format}`)
      const request = {
        source: PassThrough.from([content]),
        format: 'raw',
        target,
        targetFormat: format,
        targetOptions: options,
      } as const
      if (name === 'vmdk-sparse') {
        await assert.rejects(convertDisk(request), { code: 'bad-option' })
        continue
      }
      await convertDisk(request)
      assert.equal(await hashOf(target, folder), contentSha256, name)
    }
  })
})
