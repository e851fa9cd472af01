/** Images for fixtures, and what lies in them: made and read by qemu-img where their format is not raw. */
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DiskFormat, ImageRef } from '../../src/driver/index.ts'
import type { DiskDigest, TestImage } from './fixture.ts'

const run = promisify(execFile)

/** The bytes as a raw image, and as many bytes behind them that make it unlike all others. */
export async function makeRawImage(dir: string, bytes: Buffer, uniqueBytes: number): Promise<TestImage> {
  const whole = Buffer.concat([bytes, Buffer.from(randomUUID().padEnd(uniqueBytes))])
  const path = join(dir, `${randomUUID()}.raw`)
  await writeFile(path, whole)
  return { path, ref: refOf(whole, 'raw', whole.length) }
}

export async function toQcow2Image({ path: raw, ref }: TestImage): Promise<TestImage> {
  const path = `${raw}.qcow2`
  await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', raw, path])
  return { path, ref: refOf(await readFile(path), 'qcow2', ref.virtualSizeBytes) }
}

/** @param dir a folder for scratch files */
export async function readByQemuImg(dir: string, path: string, format: DiskFormat): Promise<DiskDigest> {
  const raw = join(dir, `${randomUUID()}.read`)
  await run('qemu-img', ['check', '-f', format, path])
  await run('qemu-img', ['convert', '-f', format, '-O', 'raw', path, raw])
  const bytes = await readFile(raw)
  await rm(raw)
  return { sizeBytes: bytes.length, sha256: sha256Of(bytes) }
}

function refOf(bytes: Buffer, format: DiskFormat, virtualSizeBytes: number): ImageRef {
  return { imageId: randomUUID(), format, sha256: sha256Of(bytes), sizeBytes: bytes.length, virtualSizeBytes }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
