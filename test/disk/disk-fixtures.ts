/** Finds what these tests may lack: qemu-img, and the images beside the project; without them tests skip and say why. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const run = promisify(execFile)

export async function findQemuImg(): Promise<string | undefined> {
  return run('qemu-img', ['--version']).then(
    () => 'qemu-img',
    () => undefined,
  )
}

const sharedDisks = join(import.meta.dirname, '..', '..', '..', 'shared', 'disks')

/** Path of an archive of images beside the project; undefined where they were not put. */
export function findArchive(name: 'hostile' | 'corpus'): string | undefined {
  const path = join(sharedDisks, `${name}.tar.xz`)
  return existsSync(path) ? path : undefined
}

/** Unpacks sparsely, calls `use` with the folder, and removes it whatever happens. */
export async function withUnpacked<T>(archive: string, use: (folder: string) => Promise<T>): Promise<T> {
  return withTempFolder(async (folder) => {
    await run('tar', ['--sparse', '-xf', archive, '-C', folder, '--strip-components=1'])
    return use(folder)
  })
}

export async function withTempFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-disk-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
