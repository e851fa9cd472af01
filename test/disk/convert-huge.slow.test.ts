/** Cost grows with the data and not with the size of the disk. */
import assert from 'node:assert/strict'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { convertDisk, openDisk } from '../../src/disk/index.ts'
import { withTempFolder } from './disk-fixtures.ts'
import { writtenVariants } from '../support/written-variants.ts'

test('holes are kept: a disk of 1 TiB with four bytes in it costs next to nothing in any sparse format', async () => {
  await withTempFolder(async (folder) => {
    const raw = join(folder, 'huge.raw')
    const handle = await open(raw, 'w')
    await handle.truncate(1024 ** 4)
    await handle.write(Buffer.from('here'), 0, 4, 700 * 1024 ** 3)
    await handle.close()
    for (const { name, format, options } of writtenVariants) {
      if (name.startsWith('vhd-fixed') || name === 'vmdk-flat' || name === 'qcow2-512') continue
      const target = join(folder, `${name}.${format}`)
      const { dataBytes } = await convertDisk({ source: raw, target, targetFormat: format, targetOptions: options })
      assert.ok(dataBytes <= 2 * 1024 ** 2, `${name}: ${dataBytes}`)
      await using disk = await openDisk(target)
      const word = Buffer.alloc(4)
      await disk.readInto(word, 700 * 1024 ** 3)
      assert.equal(word.toString(), 'here', name)
      const { blocks } = await stat(target)
      assert.ok(blocks * 512 < 20 * 1024 ** 2, `${name} takes ${blocks * 512} bytes`)
    }
  })
})
