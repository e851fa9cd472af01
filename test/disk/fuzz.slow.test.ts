/** A short run of the fuzzer (`npm run fuzz` runs longer), with a seed of its own for each format so that it repeats. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bufferSource, convertDisk } from '../../src/disk/index.ts'
import { withTempFolder } from './disk-fixtures.ts'
import { makeFuzzContent, mutate, randomNumbers, tryImage } from '../support/fuzz-images.ts'
import { writtenVariants } from '../support/written-variants.ts'

const rounds = 60

for (const [index, variant] of writtenVariants.entries()) {
  // Nothing to spoil in raw, two files in flat; 2 MiB clusters are the same structures among many zeros.
  if (['raw', 'vmdk-flat', 'qcow2-2M'].includes(variant.name)) continue
  test(`spoiled ${variant.name}: refused with a DiskError, or read`, async () => {
    await withTempFolder(async (folder) => {
      const target = join(folder, 'image')
      const { format, options } = variant
      const source = bufferSource(makeFuzzContent())
      await convertDisk({ source, target, targetFormat: format, targetOptions: options, isDurable: false })
      const image = await readFile(target)
      assert.equal(await tryImage(image, variant), 'read')
      const random = randomNumbers(1000 + index)
      const outcomes = new Set<string>()
      for (let round = 0; round < rounds; round++) outcomes.add(await tryImage(mutate(image, random), variant))
      assert.ok(outcomes.has('refused'), 'no change was noticed')
    })
  })
}
