/** The images beside the project: hostile ones, whose outcomes are named here, and real ones with their manifest. */
import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { DiskError, inspectDisk, openFileSource } from '../../src/disk/index.ts'
import type { DiskErrorCode, DiskInspection } from '../../src/disk/index.ts'
import { findArchive, withUnpacked } from './disk-fixtures.ts'

/** Accepted though made to be hostile, each for a reason. */
const harmless: Readonly<Record<string, string>> = {
  'qcow2-bad-deflate.qcow2': 'structure is right; reading that cluster fails in every reader, nothing leaks',
  'vmdk-so-grain-bomb.vmdk': 'structure is right; whoever inflates a grain stops at the size of a grain',
  'vhdx-region-crc.vhdx': 'its second region table is valid, and the format says to use that one',
  'vhdx-sig.vhdx': 'without its signature it is raw; declared as vhdx it is refused',
  'x.bin': 'a raw disk of one sector',
}

/** Corpus: refused for a true reason. */
const refusedReal: Readonly<Record<string, DiskErrorCode>> = {
  'dfvfs/fat-differential.vhd': 'backing-file',
  'dfvfs/image-differential.vhd': 'corrupt',
  'dfvfs/image.vhd': 'corrupt',
  'qemu/afl5.img': 'truncated',
  'qemu/afl9.vmdk': 'corrupt',
  'qemu/empty.bochs': 'not-supported',
  'qemu/iotest-dirtylog-10G-4M.vhdx': 'dirty',
  'qemu/parallels-v1': 'not-supported',
  'qemu/parallels-v2': 'not-supported',
  'qemu/parallels-with-bitmap': 'not-supported',
  'qemu/simple-dmg.dmg': 'not-supported',
  'qemu/simple-pattern.cloop': 'not-supported',
  'vmdk-forensic/flat.vmdk': 'external-extent',
  'vmdk-forensic/mono_flat.vmdk': 'external-extent',
  'vmdk-forensic/ms3-win.vmdk': 'external-extent',
  'vmdk-forensic/tw_sparse-s001.vmdk': 'external-extent',
  'vmdk-forensic/tw_sparse.vmdk': 'external-extent',
  'vmdk-forensic/tw_sparse_data.vmdk': 'external-extent',
}

/** The inspection, or the error's code. Anything but a DiskError fails the test. */
async function outcome(path: string): Promise<DiskInspection | DiskErrorCode> {
  await using source = await openFileSource(path)
  try {
    return await inspectDisk(source, { signal: AbortSignal.timeout(5000) })
  } catch (error) {
    if (error instanceof DiskError) return error.code
    throw error
  }
}

const hostile = findArchive('hostile')
test(
  'hostile images are refused, or harmless',
  { skip: hostile === undefined && 'hostile.tar.xz is not beside the project' },
  async (t) => {
    await withUnpacked(hostile ?? '', async (folder) => {
      const names = (await readdir(folder)).filter((name) => !name.endsWith('.tsv'))
      assert.ok(names.length >= 40, `${names.length} images`)
      for (const name of names) {
        const result = await outcome(join(folder, name))
        const reason = harmless[name]
        t.diagnostic(`${name}: ${typeof result === 'string' ? result : `accepted as ${result.format}: ${reason}`}`)
        assert.equal(typeof result === 'string', reason === undefined, name)
      }
    })
  },
)

const corpus = findArchive('corpus')
test(
  'real images are accepted with their size, or refused for a true reason',
  { skip: corpus === undefined && 'corpus.tar.xz is not beside the project' },
  async (t) => {
    await withUnpacked(corpus ?? '', async (folder) => {
      const lines = (await readFile(join(folder, 'MANIFEST.tsv'), 'utf8')).trim().split('\n').slice(1)
      for (const line of lines) {
        const [name = '', , , , , virtualSize] = line.split('\t')
        const result = await outcome(join(folder, name))
        t.diagnostic(`${name}: ${typeof result === 'string' ? result : `${result.format} ${result.variant}`}`)
        if (typeof result === 'string') assert.equal(result, refusedReal[name], name)
        else assert.equal(result.virtualSizeBytes, Number(virtualSize), name)
      }
    })
  },
)
