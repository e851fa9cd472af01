/**
 * `npm run fuzz [-- --seconds N] [--seed N]`: spoils images of every format and reads them, until something other than a
 * typed refusal or a conversion comes of it. Prints the seed that repeats a run, and keeps the image that failed.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bufferSource, convertDisk } from '../src/disk/index.ts'
import { makeFuzzContent, mutate, randomNumbers, tryImage } from '../test/support/fuzz-images.ts'
import { writtenVariants } from '../test/support/written-variants.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
console.log(`seed ${values.seed}, ${values.seconds} s`)
const random = randomNumbers(Number(values.seed))
const folder = await mkdtemp(join(tmpdir(), 'polyvisor-fuzz-'))
const source = bufferSource(makeFuzzContent())
const images: { readonly variant: (typeof writtenVariants)[number]; readonly image: Buffer }[] = []
for (const variant of writtenVariants.filter(({ name }) => name !== 'raw' && name !== 'vmdk-flat')) {
  const target = join(folder, variant.name)
  await convertDisk({ source, target, targetFormat: variant.format, targetOptions: variant.options, isDurable: false })
  images.push({ variant, image: await readFile(target) })
}
const counts = { refused: 0, read: 0 }
const endMs = performance.now() + Number(values.seconds) * 1000
while (performance.now() < endMs) {
  for (const { variant, image } of images) {
    const spoiled = mutate(image, random)
    try {
      counts[await tryImage(spoiled, variant)]++
    } catch (error) {
      const kept = join(tmpdir(), `polyvisor-fuzz-failure-${variant.name}`)
      await writeFile(kept, spoiled)
      console.error(`${variant.name}: this image, kept as ${kept}, ended with`, error)
      process.exitCode = 1
      break
    }
  }
  if (process.exitCode === 1) break
}
console.log(`${counts.refused} refused, ${counts.read} read`)
await rm(folder, { recursive: true, force: true })
