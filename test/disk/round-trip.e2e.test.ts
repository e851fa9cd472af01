/** Every writable format into every other: the content stays what it was, by qemu-img and by our own hash. */
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { convertDisk } from '../../src/disk/index.ts'
import { content, contentSha256, hashOf } from './disk-content.ts'
import { findQemuImg, run, withTempFolder } from './disk-fixtures.ts'
import { resolveIn, writtenVariants } from '../support/written-variants.ts'

const qemuImg = await findQemuImg()
const skip = qemuImg === undefined ? 'qemu-img is missing (Debian: apt-get install qemu-utils)' : false

test('every writable format into every other', { skip }, async () => {
  await withTempFolder(async (folder) => {
    const raw = join(folder, 'content.raw')
    await writeFile(raw, content)
    const resolve = resolveIn(folder)
    for (const first of writtenVariants) {
      const middle = join(folder, `${first.name}.${first.format}`)
      const made = await convertDisk({
        source: raw,
        target: middle,
        targetFormat: first.format,
        targetOptions: first.options,
        verify: true,
        hash: true,
      })
      assert.equal(made.sha256, contentSha256, first.name)
      await judge(first.qemuFormat, middle, raw, first.canCheck)
      for (const second of writtenVariants) {
        const name = `${first.name}-to-${second.name}`
        const target = join(folder, `${name}.${second.format}`)
        const { sha256: hash } = await convertDisk({
          source: middle,
          format: first.format,
          target,
          targetFormat: second.format,
          targetOptions: second.options,
          resolve,
          hash: true,
          isDurable: false,
        })
        assert.equal(hash, contentSha256, name)
        assert.equal(await hashOf(target, folder), contentSha256, name)
      }
    }
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.part')),
      [],
    )
  })
})

async function judge(qemuFormat: string, image: string, raw: string, canCheck = false): Promise<void> {
  const { stdout } = await run('qemu-img', ['compare', '-f', qemuFormat, '-F', 'raw', image, raw])
  assert.match(stdout, /identical/, image)
  assert.doesNotMatch(stdout, /sizes? /i, image)
  if (canCheck) await run('qemu-img', ['check', '-f', qemuFormat, image])
}
