/** A disk given away as an image: all of it, of a guest that goes on, and nothing left of the work. */
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Control, DiskFormat, VmRef, VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { suite, without, withoutHook, type Check } from '../check.ts'
import { crashWhileFetching } from '../crash.ts'
import { expectError } from '../expect-error.ts'
import type { DiskDigest, ObservedPower, TestImage } from '../fixture.ts'

type Wanted = { readonly diskId?: string; readonly format?: DiskFormat }

const states: readonly ObservedPower[] = ['off', 'on', 'paused', 'suspended']

function skip(bench: Bench): string | undefined {
  return without('snapshot')(bench) ?? withoutHook('readImage')(bench)
}

async function read(
  bench: Bench,
  ref: VmRef,
  wanted: Wanted = {},
  control: Control = bench.control(),
): Promise<Buffer> {
  const { snapshot } = bench.driver
  assert.ok(snapshot)
  const format = wanted.format ?? (snapshot.formats[0] as DiskFormat)
  const chunks: Uint8Array[] = []
  for await (const chunk of snapshot.read(ref, { diskId: 'root', ...wanted, format }, control)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Hands the bytes as a file to `use`. */
async function withFile<T>(bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const path = join(tmpdir(), `polyvisor-snapshot-${randomUUID()}`)
  await writeFile(path, bytes)
  return use(path).finally(() => rm(path, { force: true }))
}

async function digestOf(bench: Bench, bytes: Buffer, format: DiskFormat): Promise<DiskDigest | undefined> {
  return withFile(bytes, async (path) => bench.fixture.readImage?.(path, format))
}

/** What the disk must hold: its image, and zeros up to its size. The kit's guests write nothing. */
async function expected(spec: VmSpec, image: TestImage): Promise<DiskDigest> {
  const sizeBytes = spec.disks[0]?.sizeBytes ?? 0
  const bytes = Buffer.alloc(sizeBytes)
  ;(await readFile(image.path)).copy(bytes)
  return { sizeBytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** @returns undefined when the driver has no such state */
async function inState(bench: Bench, power: ObservedPower): Promise<VmSpec | undefined> {
  const { driver } = bench
  if (power === 'paused' && driver.pause === undefined) return undefined
  if (power === 'suspended' && driver.suspend === undefined) return undefined
  const spec = power === 'off' ? await bench.present() : await bench.running()
  if (power === 'paused') await driver.pause?.pause(spec, bench.control())
  if (power === 'suspended') await driver.suspend?.suspend(spec, bench.control())
  return spec
}

async function expectNothingLeft(bench: Bench, spec: VmSpec): Promise<void> {
  await bench.driver.ensureAbsent(spec, {}, bench.control())
  assert.deepEqual(await bench.fixture.leakCheck(), [], 'what is left behind')
}

export const snapshotChecks: readonly Check[] = [
  ...suite('snapshot', 10, [
    {
      name: 'snapshot: of a disk that was attached to a guest that runs: it holds its image',
      skip: (bench) => skip(bench) ?? without('disks')(bench),
      run: async (bench) => {
        const spec = await bench.running()
        const image = await bench.newImage()
        const source = { kind: 'image', image: image.ref } as const
        const second = { id: 'second', source, sizeBytes: bench.fixture.guest.diskBytes }
        const wider = { ...spec, disks: [...spec.disks, second] }
        await bench.driver.disks?.attach(wider, second.id, bench.control())
        await bench.expect(wider, 'on')
        const [format] = bench.driver.snapshot?.formats ?? []
        assert.ok(format)
        const bytes = await read(bench, wider, { diskId: second.id, format })
        assert.deepEqual(await digestOf(bench, bytes, format), await expected({ ...spec, disks: [second] }, image))
      },
    },
    ...states.map((power) => ({
      name: `snapshot: gives all of the disk of a guest that is ${power}, which stays so`,
      skip,
      run: async (bench: Bench) => {
        const spec = await inState(bench, power)
        if (spec === undefined) return
        for (const format of bench.driver.snapshot?.formats ?? []) {
          const bytes = await read(bench, spec, { format })
          assert.deepEqual(await digestOf(bench, bytes, format), await expected(spec, bench.image), format)
          await bench.expect(spec, power)
        }
        await expectNothingLeft(bench, spec)
      },
    })),
    {
      name: 'snapshot: what was read boots, and reads the same again',
      skip,
      run: async (bench) => {
        const first = await bench.present()
        const format = bench.driver.snapshot?.formats[0] as DiskFormat
        const bytes = await read(bench, first, { format })
        await withFile(bytes, async (path) => {
          const sha256 = createHash('sha256').update(bytes).digest('hex')
          const virtualSizeBytes = first.disks[0]?.sizeBytes ?? 0
          const ref = { imageId: randomUUID(), format, sha256, sizeBytes: bytes.length, virtualSizeBytes }
          bench.knowImage({ path, ref })
          const second = await bench.spec({}, ref)
          await bench.driver.ensurePresent(second, bench.control())
          await bench.driver.setPower(second, 'on', {}, bench.control())
          await bench.booted(second, 1)
          const again = await read(bench, second, { format })
          assert.deepEqual(await digestOf(bench, again, format), await expected(first, bench.image))
        })
      },
    },
  ]),
  ...suite('snapshot', 4, [
    {
      name: 'snapshot: cancelled before it began, at a progress or after the first bytes, it leaves nothing',
      skip,
      run: async (bench) => {
        const spec = await bench.running()
        const signal = AbortSignal.abort()
        await expectError(read(bench, spec, {}, bench.control({ signal })), 'CANCELLED', 'none')
        const stop = new AbortController()
        const control = bench.control({ signal: stop.signal, onProgress: () => stop.abort() })
        await expectError(read(bench, spec, {}, control), 'CANCELLED', 'none')
        const format = bench.driver.snapshot?.formats[0] as DiskFormat
        const bytes = bench.driver.snapshot?.read(spec, { diskId: 'root', format }, bench.control())
        for await (const _chunk of bytes ?? []) break
        await bench.expect(spec, 'on')
        const whole = await digestOf(bench, await read(bench, spec, { format }), format)
        assert.deepEqual(whole, await expected(spec, bench.image))
        await expectNothingLeft(bench, spec)
      },
    },
  ]),
  ...suite('snapshot', 3, [
    {
      name: 'snapshot: one that a crash cut leaves nothing, and can be taken again',
      skip,
      run: async (bench) => {
        const spec = await bench.running()
        const crash = Promise.withResolvers<void>()
        const control = bench.control({ onProgress: () => crash.resolve() })
        const cut = read(bench, spec, {}, control).catch(() => undefined)
        const isOver = await Promise.race([crash.promise, cut.then(() => true)])
        assert.notEqual(isOver, true, 'it told no progress')
        await bench.restart()
        await cut
        const format = bench.driver.snapshot?.formats[0] as DiskFormat
        const whole = await digestOf(bench, await read(bench, spec, { format }), format)
        assert.deepEqual(whole, await expected(spec, bench.image))
        await expectNothingLeft(bench, spec)
      },
    },
  ]),
  ...suite('snapshot', 6, [
    {
      name: 'snapshot: neither of a VM or a disk that is not there, nor in a format that is not offered',
      skip,
      run: async (bench) => {
        const spec = await bench.present()
        await expectError(read(bench, spec, { diskId: 'other' }), 'NOT_FOUND', 'none')
        await expectError(read(bench, await bench.spec()), 'NOT_FOUND', 'none')
        const other = (['iso', 'vdi', 'vhd'] as const).find((each) => !bench.driver.snapshot?.formats.includes(each))
        if (other !== undefined) await expectError(read(bench, spec, { format: other }), 'UNSUPPORTED', 'none')
        await bench.expect(spec, 'off')
      },
    },
    {
      name: 'snapshot: not while the VM is half built',
      skip,
      run: async (bench) => {
        const spec = await bench.spec({}, (await bench.newImage()).ref)
        await crashWhileFetching(bench, spec)
        const half = await bench.driver.get(spec)
        await expectError(read(bench, spec), half === null ? 'NOT_FOUND' : 'WRONG_STATE', 'none')
      },
    },
  ]),
]
