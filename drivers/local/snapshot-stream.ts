/** The bytes of an image that is made in a folder of its own, which is gone when the last byte was taken or nobody wants more. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Control } from '../../src/driver/driver.ts'
import { cancelled, throwIfCancelled } from './refusals.ts'
import { anyDriverError } from './storage-error.ts'

/** What a crash left is of no use: nobody can go on with it. */
export async function openSnapshotDir(dir: string, mode: number): Promise<void> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true, mode })
}

/** @param make writes the image into the folder, which it may first have to make, and answers its path */
export async function* streamSnapshot(
  dir: string,
  control: Control,
  make: (folder: string) => Promise<string>,
): AsyncGenerator<Buffer> {
  const folder = join(dir, randomUUID())
  try {
    throwIfCancelled(control)
    const path = await make(folder)
    yield* createReadStream(path, { signal: control.signal, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>
  } catch (error) {
    if (control.signal.aborted) throw cancelled()
    throw anyDriverError(error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
