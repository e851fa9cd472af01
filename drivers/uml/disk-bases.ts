/**
 * What disks stand on: an image as a raw file of the disk's size, one file per image and size, made once and never changed.
 * Its time is fixed, so that a file that is made anew is the same to the disks that stand on it.
 */
import { chmod, link, mkdir, open, readdir, rename, rm, stat, truncate, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { convertDisk, DiskError } from '../../src/disk/index.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { ImageRef } from '../../src/driver/vm-spec.ts'
import { syncFolder } from '../local/whole-file.ts'
import { DisposableFiles } from '../local/disposable-files.ts'
import { cancelled } from '../local/refusals.ts'
import { SharedWork } from '../local/shared-work.ts'
import { copySparsely } from './copy-file.ts'
import { readCowBacking, type CowBacking } from './cow.ts'
import type { UmlHost } from './host.ts'
import { readRecord } from './vm-record.ts'

const partSuffix = '.part'
/** 2020-01-01T00:00:00Z: any constant would do. */
const modifiedAtSeconds = 1_577_836_800
const making = new SharedWork<void>()
let parts = 0

/** Makes the folder and removes what a crash left half done in it. */
export async function openBases(dir: string): Promise<DisposableFiles> {
  await mkdir(dir, { recursive: true, mode: 0o711 })
  const halves = (await readdir(dir)).filter((name) => name.endsWith(partSuffix))
  for (const name of halves) await rm(join(dir, name), { force: true })
  return new DisposableFiles(dir, (name) => name.endsWith(partSuffix))
}

/**
 * What disks stand on, by VMs' records and by their own headers: also those that were kept without a guest, and those that are
 * being made, as soon as they have one. A guest can spoil the header of its disk, but not the record.
 * @returns paths and names
 * @throws Error, naming the disk, when neither says it of one
 */
export async function basesInUse(host: Pick<UmlHost, 'instancesDir'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const id of await readdir(host.instancesDir)) {
    const recorded = await recordedBases(host, id)
    for (const base of recorded.values()) found.add(base)
    const folder = join(host.instancesDir, id)
    for (const name of await readdir(folder)) {
      const isPart = name.endsWith(`.cow${partSuffix}`)
      if (!isPart && !name.endsWith('.cow')) continue
      const backing = await readBackingAt(join(folder, name)).catch((error: unknown) => {
        // Not written yet, or whole and under its name by now: then it counts there, or has just been needed.
        if (isPart || recorded.has(name)) return undefined
        throw new Error(`what the disk ${join(folder, name)} stands on is not known`, { cause: error })
      })
      if (backing !== undefined) found.add(backing)
    }
  }
  return found
}

/** By the files of the VM's disks. */
async function recordedBases(host: Pick<UmlHost, 'instancesDir'>, id: string): Promise<ReadonlyMap<string, string>> {
  const record = await readRecord(host, id)
  const disks = record === undefined ? [] : [...record.disks, ...(record.rescue === undefined ? [] : [record.rescue])]
  return new Map(disks.flatMap(({ file, base }) => (base === null ? [] : [[file, base] as const])))
}

async function readBackingAt(path: string): Promise<string> {
  await using file = await open(path, 'r')
  return await readCowBacking(file)
}

export function baseName({ sha256 }: ImageRef, sizeBytes: number): string {
  return `${sha256}.${sizeBytes}`
}

export function baseOf(host: UmlHost, image: ImageRef, sizeBytes: number): CowBacking {
  return { path: join(host.basesDir, baseName(image, sizeBytes)), sizeBytes, modifiedAtSeconds }
}

/** @throws DriverError IMAGE_BAD, STORAGE_FULL, CANCELLED; nothing is left behind */
export async function makeBase(host: UmlHost, image: ImageRef, sizeBytes: number, control: Control): Promise<void> {
  const { path } = baseOf(host, image, sizeBytes)
  await host.bases.need(path)
  const found = await stat(path).catch(() => undefined)
  if (found?.size === sizeBytes) return
  const imagePath = await host.cache.fetch(image, {
    source: control.images,
    signal: control.signal,
    onProgress: (doneBytes, totalBytes) => control.progress({ phase: 'fetch-image', doneBytes, totalBytes }),
  })
  const isWhole = image.format === 'raw' && image.sizeBytes === sizeBytes
  const onProgress = (doneBytes: number, totalBytes: number): void =>
    control.progress({ phase: 'prepare-disks', doneBytes, totalBytes })
  await making.join(path, { signal: control.signal, onProgress }, ({ signal }, onDone) =>
    appear(host, { path, sizeBytes, signal }, async (part) => {
      if (isWhole) return await link(imagePath, part)
      const request = { source: imagePath, format: image.format, target: part, targetFormat: 'raw', signal } as const
      await convertDisk({ ...request, onProgress: ({ doneBytes }) => onDone(doneBytes, sizeBytes) })
    }),
  )
}

/** The name of the same base for a disk of another size. */
export function largerName(name: string, sizeBytes: number): string {
  return `${name.slice(0, name.lastIndexOf('.'))}.${sizeBytes}`
}

/**
 * The base of that name for a larger disk: the same, and zeros behind it.
 * @throws DriverError STORAGE_FULL, CANCELLED; nothing is left behind
 */
export async function makeLargerBase(
  host: UmlHost,
  name: string,
  sizeBytes: number,
  { signal }: Control,
): Promise<CowBacking> {
  const path = join(host.basesDir, largerName(name, sizeBytes))
  await host.bases.need(path)
  if ((await stat(path).catch(() => undefined))?.size !== sizeBytes) {
    await making.join(path, { signal, onProgress: () => undefined }, (stop) =>
      appear(host, { path, sizeBytes, signal: stop.signal }, async (part) => {
        await copySparsely(join(host.basesDir, name), part, stop.signal)
        await chmod(part, 0o600)
      }),
    )
  }
  return { path, sizeBytes, modifiedAtSeconds }
}

/** Under its name when it is whole. @param write makes the file, which is then brought to its size */
async function appear(
  host: UmlHost,
  { path, sizeBytes, signal }: { readonly path: string; readonly sizeBytes: number; readonly signal: AbortSignal },
  write: (part: string) => Promise<void>,
): Promise<void> {
  // One that was given up may not be gone yet when the next one begins.
  const part = `${path}.${++parts}${partSuffix}`
  try {
    await write(part)
    if ((await stat(part)).size !== sizeBytes) await truncate(part, sizeBytes)
    await utimes(part, modifiedAtSeconds, modifiedAtSeconds)
    await chmod(part, 0o444)
    await rename(part, path)
    await syncFolder(host.basesDir)
  } catch (error) {
    await rm(part, { force: true })
    if (signal.aborted) throw cancelled()
    if (error instanceof DiskError) throw new DriverError('IMAGE_BAD', error.message, { effect: 'none', cause: error })
    throw error
  }
}
