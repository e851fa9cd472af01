/**
 * An archive's content as a new data directory. Everything is unpacked aside and judged first; the database comes last,
 * so that no half of a service can start. Whatever fails leaves the directory as empty as it was.
 */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { PolyvisorError } from '../model/errors.ts'
import { openDataDir } from '../process/data-dir.ts'
import { findFaultsInCopy, listImagesOfCopy } from '../store/database-copy.ts'
import type { ArchivedFile, Manifest } from './archive.ts'
import {
  credentialKeyName,
  databaseName,
  formatVersion,
  imageName,
  isArchivedName,
  manifestName,
  passwordName,
} from './archive.ts'
import { syncFolder, writeDurably } from './durable-files.ts'

export interface RestoreRequest {
  readonly file: string
  /** Must be empty or missing. */
  readonly dataDir: string
}

export interface RestoreSummary {
  /** ISO 8601: the moment that is restored. */
  readonly createdAt: string
  readonly imageCount: number
  /** Settings by which the service kept outside of its data directory what is inside of the restored one. */
  readonly moved: readonly string[]
}

const foldersInside = ['database', 'images', 'agent'] as const

/** @throws PolyvisorError when the directory is in use or not empty, or when the archive is not whole */
export async function restoreBackup({ file, dataDir }: RestoreRequest): Promise<RestoreSummary> {
  await refuseUnlessEmpty(dataDir)
  const lock = await openDataDir(dataDir)
  const aside = join(dataDir, 'restoring')
  try {
    await mkdir(aside, { mode: 0o700 })
    const unpacked = await unpack(file, aside)
    const manifest = await judge(unpacked, aside)
    await moveIntoPlace(manifest.files, aside, dataDir)
    const imageCount = manifest.files.filter(({ name }) => name.startsWith('images/')).length
    return { createdAt: manifest.createdAt, imageCount, moved: manifest.moved ?? [] }
  } catch (error) {
    for (const name of ['restoring', passwordName, credentialKeyName, ...foldersInside]) {
      await rm(join(dataDir, name), { recursive: true, force: true })
    }
    throw error
  } finally {
    lock.unlock()
  }
}

async function refuseUnlessEmpty(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  // A file system of its own brings this one along.
  const names = (await readdir(dataDir)).filter((name) => name !== 'lost+found')
  if (names.length === 0) return
  const message =
    `${dataDir} is not empty: a service runs in it, or there is data in it that restore would mix with the archive's. ` +
    'Name an empty or a new folder with --data-dir.'
  throw new PolyvisorError('conflict', 'data-dir-not-empty', message)
}

/** @returns the entries as they came, the manifest last */
async function unpack(file: string, folder: string): Promise<readonly ArchivedFile[]> {
  const entries = extract()
  const reading = pipeline(createReadStream(file), entries)
  // Awaited below; it may fail before that.
  reading.catch(() => undefined)
  const files: ArchivedFile[] = []
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header
      if (type !== 'file' || !isArchivedName(name)) throw damaged(`it holds ${JSON.stringify(name)}, which is not ours`)
      await mkdir(dirname(join(folder, name)), { recursive: true })
      files.push({ name, ...(await writeDurably(join(folder, name), entry)) })
    }
    await reading
  } catch (error) {
    if (error instanceof PolyvisorError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
    throw damaged((error as Error).message, error)
  }
  return files
}

async function judge(unpacked: readonly ArchivedFile[], folder: string): Promise<Manifest> {
  if (unpacked.at(-1)?.name !== manifestName) throw damaged('its end is missing')
  const manifest = JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as Manifest
  if (manifest.format !== formatVersion) {
    const message = `The archive has format ${manifest.format}, this version reads format ${formatVersion}; use Polyvisor ${manifest.version}.`
    throw new PolyvisorError('bad-request', 'archive-format', message)
  }
  const found = unpacked.slice(0, -1)
  if (found.length !== manifest.files.length) throw damaged('files are missing')
  for (const [index, { name, sha256, sizeBytes }] of manifest.files.entries()) {
    const file = found[index]
    if (file?.name !== name || file.sha256 !== sha256 || file.sizeBytes !== sizeBytes) throw damaged(`${name} differs`)
  }
  for (const name of [databaseName, passwordName]) {
    if (!found.some((file) => file.name === name)) throw damaged(`${name} is missing`)
  }
  await judgeDatabase(manifest, join(folder, databaseName))
  return manifest
}

/** The manifest says what was archived, the database what should have been. */
async function judgeDatabase(manifest: Manifest, database: string): Promise<void> {
  const faults = await findFaultsInCopy(database)
  if (faults.length > 0) throw damaged(`its database cannot be used: ${faults.join('; ')}`)
  for (const { id, sha256 } of listImagesOfCopy(database)) {
    const file = manifest.files.find(({ name }) => name === imageName(id))
    if (file?.sha256 !== sha256) throw damaged(`the file of image ${id} is not the one that was uploaded`)
  }
}

async function moveIntoPlace(files: readonly ArchivedFile[], from: string, to: string): Promise<void> {
  const databaseLast = [...files.filter(({ name }) => name !== databaseName).map(({ name }) => name), databaseName]
  for (const name of databaseLast) {
    if (name === databaseName) for (const folder of ['images', 'agent']) await syncFolder(join(to, folder))
    // Below agent/ guests' user passes through.
    await mkdir(dirname(join(to, name)), { recursive: true, mode: 0o711 })
    await rename(join(from, name), join(to, name))
  }
  await rm(from, { recursive: true })
  for (const folder of [join(to, 'database'), to, dirname(to)]) await syncFolder(folder)
}

function damaged(why: string, cause?: unknown): PolyvisorError {
  const message = `The archive is not whole, nothing was restored: ${why}. Take another backup.`
  return new PolyvisorError('bad-request', 'archive-damaged', message, cause === undefined ? {} : { cause })
}
