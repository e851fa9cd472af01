/** Real images beside the project, read to the end: each gives the content that its manifest says, or is refused for a true reason. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { DiskError, convertDisk, openDisk } from '../../src/disk/index.ts'
import type { DiskErrorCode } from '../../src/disk/index.ts'
import { resolveIn } from '../support/written-variants.ts'
import { hashOf } from './disk-content.ts'
import { findArchive, findQemuImg, run, withUnpacked } from './disk-fixtures.ts'

const refused: Readonly<Record<string, readonly [DiskErrorCode, string]>> = {
  'dfvfs/fat-differential.vhd': ['backing-file', 'its parent is not there; qemu-img reads zeros for it'],
  'dfvfs/image-differential.vhd': ['corrupt', 'the checksum of its header is wrong'],
  'dfvfs/image.vhd': ['corrupt', 'the checksum of its header is wrong'],
  'qemu/afl5.img': ['truncated', 'its tables lie outside the file'],
  'qemu/afl9.vmdk': ['corrupt', 'its tables cannot be that large'],
  'vmdk-forensic/ms3-win.vmdk': ['external-extent', 'its extents are not there'],
  'vmdk-forensic/tw_sparse-s001.vmdk': ['external-extent', 'one extent of a split disk'],
  'vmdk-forensic/tw_sparse_data.vmdk': ['external-extent', 'its extents are not there'],
}
/** Formats that are inspected, not read. */
const otherFormats = /bochs|parallels|dmg|cloop|vhdx/
/** Larger disks, which are all but empty, are compared by qemu-img. */
const maxHashedBytes = 512 * 1024 ** 2

const qemuImg = await findQemuImg()
const corpus = findArchive('corpus')
test(
  'real images read right, or are refused for a true reason',
  { skip: corpus === undefined && 'corpus.tar.xz is not beside the project' },
  async (t) => {
    await withUnpacked(corpus ?? '', async (folder) => {
      const lines = (await readFile(join(folder, 'MANIFEST.tsv'), 'utf8')).trim().split('\n').slice(1)
      let read = 0
      for (const line of lines) {
        const [name = '', kind = '', , , , size, rawSha256] = line.split('\t')
        if (otherFormats.test(kind)) continue
        const path = join(folder, name)
        const known = refused[name]
        if (known !== undefined) {
          const [code, reason] = known
          const opening = openDisk(path, { resolve: resolveIn(dirname(path)) })
          await assert.rejects(opening, (error) => error instanceof DiskError && error.code === code, name)
          t.diagnostic(`${name}: refused, ${reason}`)
          continue
        }
        const resolve = resolveIn(dirname(path))
        await using disk = await openDisk(path, { resolve })
        assert.equal(disk.virtualSizeBytes, Number(size), name)
        if (disk.virtualSizeBytes <= maxHashedBytes) assert.equal(await hashOf(path, dirname(path)), rawSha256, name)
        else if (qemuImg === undefined) t.diagnostic(`${name}: only its size was compared, qemu-img is missing`)
        else {
          const copy = join(folder, 'copy.qcow2')
          await convertDisk({ source: path, target: copy, targetFormat: 'qcow2', resolve })
          await run('qemu-img', ['compare', copy, path])
        }
        read++
      }
      assert.ok(read >= 20, `${read} were read`)
      t.diagnostic(`${read} images read`)
    })
  },
)
