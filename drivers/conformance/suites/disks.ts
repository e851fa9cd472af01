/** Rule 10: the offers are sane, and what is offered is taken. */
import assert from 'node:assert/strict'
import { suite, type Check } from '../check.ts'
import type { ImageRef } from '../../../src/driver/index.ts'

const ways = ['local-path', 'http-pull', 'http-push', 'stream']

export const diskChecks: readonly Check[] = suite('disks', 10, [
  {
    name: 'offers each disk format once, with a way to bring it',
    run: async ({ driver }) => {
      const offers = driver.capabilities().disk
      assert.ok(offers.length > 0)
      const names = offers.map(({ format, variant = '' }) => `${format}/${variant}`)
      assert.equal(new Set(names).size, names.length)
      for (const { via, alignBytes } of offers) {
        assert.ok(via.length > 0 && via.every((way) => ways.includes(way)))
        assert.ok(alignBytes >= 1 && Number.isInteger(Math.log2(alignBytes)), 'a power of two')
      }
    },
  },
  {
    name: 'takes every image that the fixture has, in each way that it offers',
    run: async (bench) => {
      for (const image of [await bench.newImage(), ...(bench.fixture.otherImages ?? [])]) {
        bench.knowImage(image)
        const offer = bench.driver.capabilities().disk.find(({ format }) => format === image.ref.format)
        assert.ok(offer, `${image.ref.format} is not offered`)
        const spec = await bench.spec({}, image.ref)
        await bench.driver.ensurePresent(spec, bench.control())
        await bench.expect(spec, 'off')
      }
      const streams = bench.driver.capabilities().disk.find(({ format }) => format === bench.image.ref.format)
      if (streams?.via.includes('stream') !== true) return
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      await bench.driver.ensurePresent(spec, bench.control({ images: bench.streamedImages }))
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'asks the core for exactly the image that the spec names',
    run: async (bench) => {
      const { ref } = await bench.newImage()
      const asked: ImageRef[] = []
      const images = {
        open: async (image: ImageRef, signal: AbortSignal) => (asked.push(image), bench.images.open(image, signal)),
      }
      const spec = await bench.spec({}, ref)
      await bench.driver.ensurePresent(spec, bench.control({ images }))
      assert.deepEqual(asked, [ref])
    },
  },
  {
    name: 'gives a VM several disks, blank ones too, and VMs without any',
    run: async (bench) => {
      const [root] = (await bench.spec()).disks
      assert.ok(root)
      const blanks = ['blank-0', 'blank-1'].map(
        (id) => ({ id, source: { kind: 'blank' }, sizeBytes: 1024 ** 2 }) as const,
      )
      await bench.expect(await bench.present({ disks: [root, ...blanks] }), 'off')
      await bench.expect(await bench.present({ disks: [] }), 'off')
    },
  },
])
