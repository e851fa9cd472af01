/**
 * Images as files of one folder: `<folder>/<image id>`, with uploads in `<folder>/incoming/` until they are whole.
 * Owns the set of uploads that this process is writing; everything else is on disk.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fileHandleSource } from '../disk/file-source.ts'
import { isUuid } from '../model/ids.ts'
import type { ImageId } from '../model/ids.ts'
import type { ImageStore, IncomingImage } from './image-store.ts'

export interface FilesystemStoreOptions {
  readonly folder: string
  /** Room that uploads leave free, for the database and the guests on the same disk; 256 MiB when left out. */
  readonly reserveBytes?: number
  /** Free room for this process, as the file system says; tests put their own here. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

const defaultReserveBytes = 256 * 1024 * 1024
/** Free room is asked for again after so many bytes. */
const spaceCheckBytes = 16 * 1024 * 1024

/** Makes the folders where they are missing. */
export async function openFilesystemStore(options: FilesystemStoreOptions): Promise<ImageStore> {
  const { folder, reserveBytes = defaultReserveBytes, freeBytes = freeBytesOf } = options
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const writing = new Set<string>()
  const pathOf = (imageId: ImageId): string => join(folder, nameOf(imageId))
  return {
    async begin(imageId) {
      const name = `${nameOf(imageId)}.${randomBytes(6).toString('hex')}`
      const parts = { temporaryPath: join(incoming, name), finalPath: pathOf(imageId), folder }
      writing.add(name)
      try {
        const handle = await open(parts.temporaryPath, 'wx+', 0o600)
        const checkRoom = async (): Promise<void> => {
          if ((await freeBytes(folder)) < reserveBytes) throw noSpace()
        }
        return incomingImage(handle, parts, checkRoom, () => writing.delete(name))
      } catch (error) {
        writing.delete(name)
        throw error
      }
    },
    async read(imageId, part) {
      const handle = await openIfThere(pathOf(imageId))
      const range = part === undefined ? {} : { start: part.first, end: part.last }
      return handle?.createReadStream({ autoClose: true, highWaterMark: 256 * 1024, ...range })
    },
    async sizeOf(imageId) {
      const found = await stat(pathOf(imageId)).catch((error: unknown) => ifMissing(error))
      return found?.size
    },
    remove: (imageId) => rm(pathOf(imageId), { force: true }),
    async sweep(isKept, idleMs) {
      const removedIncoming = await sweepIncoming(incoming, writing, Date.now() - idleMs)
      return removedIncoming + (await sweepImages(folder, isKept))
    },
    localPath: pathOf,
  }
}

interface IncomingPaths {
  readonly temporaryPath: string
  readonly finalPath: string
  readonly folder: string
}

function incomingImage(
  handle: FileHandle,
  { temporaryPath, finalPath, folder }: IncomingPaths,
  checkRoom: () => Promise<void>,
  ended: () => void,
): IncomingImage {
  let sinceCheck = spaceCheckBytes
  let own: string | undefined
  return {
    async write(chunk) {
      sinceCheck += chunk.byteLength
      if (sinceCheck >= spaceCheckBytes) {
        await checkRoom()
        sinceCheck = 0
      }
      // Without a position: appended, and written on when the kernel took a part only.
      let done = 0
      while (done < chunk.byteLength) done += (await handle.write(chunk, done, chunk.byteLength - done)).bytesWritten
    },
    source: () => fileHandleSource(handle),
    async commit(confirm) {
      await handle.sync()
      own = identityOf(await handle.stat({ bigint: true }))
      await handle.close()
      const left = await identityAt(finalPath)
      await confirm()
      if (left !== undefined) await removeFile(finalPath, left, `${temporaryPath}.aside`)
      await appear(temporaryPath, finalPath)
      await syncFolder(folder)
      ended()
    },
    async abort() {
      await handle.close()
      await rm(temporaryPath, { force: true })
      if (own !== undefined) await removeFile(finalPath, own, `${temporaryPath}.aside`)
      ended()
    },
  }
}

/** Gives a file its name, unless there is one of that name. */
async function appear(temporaryPath: string, finalPath: string): Promise<void> {
  try {
    await link(temporaryPath, finalPath)
  } catch (error) {
    if (!noLinkCodes.includes(String((error as NodeJS.ErrnoException).code))) throw error
    // Such file systems cannot refuse: whoever was paused right here replaces another's.
    return rename(temporaryPath, finalPath)
  }
  await rm(temporaryPath)
}

const noLinkCodes = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** Which file it is, whatever its name; numbers of files that are gone come again, their times do not. */
function identityOf({ ino, mtimeNs }: { readonly ino: bigint; readonly mtimeNs: bigint }): string {
  return `${ino} ${mtimeNs}`
}

async function identityAt(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => ifMissing(error))
  return found === undefined ? undefined : identityOf(found)
}

/** Removes that one file: what somebody put in its place meanwhile stays, or comes back at once. */
async function removeFile(path: string, identity: string, aside: string): Promise<void> {
  if ((await identityAt(path)) !== identity) return
  await rename(path, aside).catch((error: unknown) => ifMissing(error))
  const taken = await identityAt(aside)
  if (taken !== undefined && taken !== identity) {
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  await rm(aside, { force: true })
}

/** The rename itself must survive a power loss before the database calls the image active. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Other processes may write here too: theirs are known by when they were last written to. */
async function sweepIncoming(incoming: string, writing: ReadonlySet<string>, writtenBeforeMs: number): Promise<number> {
  let removed = 0
  for (const name of (await readdir(incoming)).filter((other) => !writing.has(other.replace(/\.aside$/, '')))) {
    const path = join(incoming, name)
    const written = await stat(path).catch(() => undefined)
    if (written === undefined || written.mtimeMs > writtenBeforeMs) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** Files with other names are not ours and stay. */
async function sweepImages(folder: string, isKept: (imageId: ImageId) => Promise<boolean>): Promise<number> {
  let removed = 0
  for (const name of (await readdir(folder)).filter(isUuid)) {
    if (await isKept(name as ImageId)) continue
    await rm(join(folder, name), { force: true })
    removed += 1
  }
  return removed
}

/** Ids become file names: nothing but a uuid may. */
function nameOf(imageId: ImageId): string {
  if (!isUuid(imageId)) throw new Error('an image id must be a lower-case uuid')
  return imageId
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    return ifMissing(error)
  }
}

function ifMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function noSpace(): NodeJS.ErrnoException {
  return Object.assign(new Error('no space left for images'), { code: 'ENOSPC' })
}
