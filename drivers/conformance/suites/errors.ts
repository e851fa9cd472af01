/** Rule 6: one error class, closed codes, effects that are true, and texts that tenants may read. */
import { randomUUID } from 'node:crypto'
import type { VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { suite, without, type Check } from '../check.ts'
import { crashWhileFetching } from '../crash.ts'
import { expectError } from '../expect-error.ts'

async function refuses(bench: Bench, spec: VmSpec, what: string): Promise<void> {
  try {
    await expectError(bench.driver.ensurePresent(spec, bench.control()), 'INVALID_SPEC', 'none')
    const { guests, disks } = await bench.observe(spec)
    if (guests > 0 || disks.length > 0) throw new Error('something was made of it')
  } catch (error) {
    throw new Error(`${what}: ${String(error)}`, { cause: error })
  }
}

/** A spec whose image is not what it says. */
async function badImage(bench: Bench, changes: object): Promise<VmSpec> {
  const image = await bench.newImage()
  const ref = { ...image.ref, imageId: randomUUID(), ...changes }
  bench.knowImage({ path: image.path, ref })
  return bench.spec({}, ref)
}

export const errorChecks: readonly Check[] = suite('errors', 6, [
  {
    name: 'answers NOT_FOUND for a VM that is not there, without effect',
    run: async (bench) => {
      const spec = await bench.spec()
      const { driver } = bench
      for (const want of driver.capabilities().power) {
        await expectError(driver.setPower(spec, want, {}, bench.control()), 'NOT_FOUND', 'none')
      }
      await expectError(driver.recover({ ...spec, handle: { version: 1, data: null } }), 'NOT_FOUND', 'none')
      // One after the other: an error that comes before somebody waits for it ends the process.
      const calls = [
        () => driver.pause?.pause(spec, bench.control()),
        () => driver.pause?.unpause(spec, bench.control()),
        () => driver.suspend?.suspend(spec, bench.control()),
        () => driver.suspend?.resume(spec, bench.control()),
        () => driver.stats?.read(spec),
        () => driver.console?.readLog(spec, { maxBytes: 100 }),
      ]
      for (const call of calls) {
        const made = call()
        if (made !== undefined) await expectError(made, 'NOT_FOUND', 'none')
      }
      await bench.expect(spec, null)
    },
  },
  {
    name: 'answers WRONG_STATE to pause and unpause of a guest that is off, without effect',
    skip: without('pause'),
    run: async (bench) => {
      const spec = await bench.present()
      for (const turn of ['pause', 'unpause'] as const) {
        const call = bench.driver.pause?.[turn](spec, bench.control())
        await expectError(call ?? Promise.resolve(), 'WRONG_STATE', 'none')
      }
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'answers WRONG_STATE to suspend and resume of a guest that is off, without effect',
    skip: without('suspend'),
    run: async (bench) => {
      const spec = await bench.present()
      for (const turn of ['suspend', 'resume'] as const) {
        const call = bench.driver.suspend?.[turn](spec, bench.control())
        await expectError(call ?? Promise.resolve(), 'WRONG_STATE', 'none')
      }
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'answers WRONG_STATE to power on of a VM that is half built',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      await crashWhileFetching(bench, spec)
      await expectError(bench.driver.setPower(spec, 'on', {}, bench.control()), ['WRONG_STATE', 'NOT_FOUND'], 'none')
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'answers INVALID_SPEC to a spec that no hypervisor can make, without effect',
    run: async (bench) => {
      const spec = await bench.spec()
      const [root] = spec.disks
      if (root === undefined) return
      await refuses(bench, { ...spec, vcpus: 0 }, 'no vCPU')
      await refuses(bench, { ...spec, vcpus: 1.5 }, 'half a vCPU')
      await refuses(bench, { ...spec, memoryBytes: 0 }, 'no memory')
      await refuses(bench, { ...spec, disks: [{ ...root, sizeBytes: 0 }] }, 'an empty disk')
      const { virtualSizeBytes } = bench.image.ref
      await refuses(bench, { ...spec, disks: [{ ...root, sizeBytes: virtualSizeBytes - 1 }] }, 'less than the image')
      await refuses(bench, { ...spec, disks: [root, root] }, 'one disk id twice')
      await refuses(bench, { ...spec, disks: [{ ...root, id: '../x' }] }, 'a path as a disk id')
      await refuses(bench, { ...spec, nodeId: randomUUID() }, 'a node that is not ours')
    },
  },
  {
    name: 'answers INVALID_SPEC to an instance id that is not a UUID',
    run: async (bench) => {
      const { instanceId: _made, ...rest } = await bench.spec()
      for (const instanceId of ['../../x', '', 'A'.repeat(36)]) {
        await expectError(bench.driver.ensurePresent({ ...rest, instanceId }, bench.control()), 'INVALID_SPEC', 'none')
      }
    },
  },
  {
    name: 'answers IMAGE_BAD to bytes that do not match the sha256, and leaves nothing',
    run: async (bench) => {
      const spec = await badImage(bench, { sha256: '0123456789abcdef'.repeat(4) })
      await expectError(bench.driver.ensurePresent(spec, bench.control()), 'IMAGE_BAD', 'none')
      await bench.expect(spec, null)
    },
  },
  {
    name: 'answers IMAGE_BAD to an image that is shorter or longer than its size, and leaves nothing',
    run: async (bench) => {
      for (const by of [-1, 1]) {
        const spec = await badImage(bench, {
          sizeBytes: bench.image.ref.sizeBytes + by,
          sha256: '1'.repeat(63) + (by + 1),
        })
        await expectError(bench.driver.ensurePresent(spec, bench.control()), 'IMAGE_BAD', 'none')
        await bench.expect(spec, null)
      }
    },
  },
  {
    name: 'answers IMAGE_BAD to an image that is gone, and leaves nothing',
    run: async (bench) => {
      const ref = (await bench.newImage()).ref
      const unknown = await bench.spec({}, { ...ref, imageId: randomUUID() })
      await expectError(bench.driver.ensurePresent(unknown, bench.control()), 'IMAGE_BAD', 'none')
      await bench.expect(unknown, null)
      const imageId = randomUUID()
      bench.knowImage({ path: `${bench.image.path}.gone`, ref: { ...ref, imageId } })
      const vanished = await bench.spec({}, { ...ref, imageId })
      await expectError(bench.driver.ensurePresent(vanished, bench.control()), 'IMAGE_BAD', 'none')
      await bench.expect(vanished, null)
    },
  },
  {
    name: 'throws a DriverError even when the core’s image source throws something else',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      const images = { open: () => Promise.reject(new TypeError('a bug at /somewhere/in the core')) }
      const any = ['IMAGE_BAD', 'UNREACHABLE', 'BUG', 'TIMEOUT'] as const
      await expectError(bench.driver.ensurePresent(spec, bench.control({ images })), any)
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'off')
    },
  },
])
