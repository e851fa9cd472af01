/**
 * An archive of a data directory whose service may run: first the database as of one moment, then the images that this
 * moment knows. Images never change once they are active; one that is deleted meanwhile is left out, and the copy of
 * the database says so too. Guests' disks are not in it.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pack, type Pack } from 'tar-stream'
import { PolyvisorError } from '../model/errors.ts'
import { copyDatabase, listImagesOfCopy, markImagesDeletedInCopy, type ImageFacts } from '../store/database-copy.ts'
import type { ArchivedFile, Manifest } from './archive.ts'
import {
  agentIdName,
  databaseName,
  formatVersion,
  hostIdName,
  imageName,
  isArchivedName,
  manifestName,
  credentialKeyName,
  passwordName,
} from './archive.ts'
import { syncFolder, writeDurably } from './durable-files.ts'
import { movedSettings, placesOf, readServiceFacts, type ServicePlaces } from './service-places.ts'

export interface BackupRequest {
  readonly dataDir: string
  /** Replaced at once when it exists; until the archive is whole nothing of that name appears. */
  readonly file: string
  /** Of this program, for the manifest. */
  readonly version: string
}

export interface BackupSummary {
  readonly sizeBytes: number
  readonly imageCount: number
  /** Ids of images that were deleted while the backup ran. */
  readonly leftOut: readonly string[]
}

/** @throws PolyvisorError when there is nothing to back up, or when an image's file is damaged */
export async function writeBackup(request: BackupRequest): Promise<BackupSummary> {
  const file = resolve(request.file)
  // Beside the archive: the rename stays within one file system, and nobody else may look in.
  const work = await mkdtemp(join(dirname(file), '.polyvisor-backup-'))
  try {
    const copy = join(work, 'database')
    await refuseElsewhere(request.dataDir)
    const createdAt = new Date().toISOString()
    copyOrExplain(request.dataDir, copy)
    const part = join(work, basename(file))
    const manifest = await writeArchive(part, (archive) => fill(archive, { ...request, copy, createdAt }))
    await rename(part, file)
    await syncFolder(dirname(file))
    const { size } = await stat(file)
    const imageCount = manifest.files.filter(({ name }) => name.startsWith('images/')).length
    return { sizeBytes: size, imageCount, leftOut: manifest.leftOut }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What a data directory on SQLite held before is no backup of a service that has moved to PostgreSQL. */
async function refuseElsewhere(dataDir: string): Promise<void> {
  const engine = await readFile(join(dataDir, 'database/engine'), 'utf8').catch(() => '')
  if (engine.trim() !== 'postgres') return
  const message =
    `The service in ${dataDir} keeps its records in PostgreSQL: back that up with pg_dump first, then copy the images ` +
    'and the admin password; docs/operating.md tells how.'
  throw new PolyvisorError('conflict', 'database-elsewhere', message)
}

function copyOrExplain(dataDir: string, copy: string): void {
  try {
    copyDatabase(join(dataDir, databaseName), copy)
  } catch (cause) {
    const message =
      `The database in ${dataDir} cannot be read (${(cause as Error).message}); ` +
      'name the data directory of a service with --data-dir, and run as the user who runs that service.'
    throw new PolyvisorError('bad-request', 'no-database', message, { cause })
  }
}

/** Runs `work` on an archive that flows into the new file `path`; when it resolves, all is on the disk. */
async function writeArchive<T>(path: string, work: (archive: Pack) => Promise<T>): Promise<T> {
  const archive = pack()
  const fillIt = async (): Promise<T> => {
    try {
      const result = await work(archive)
      archive.finalize()
      return result
    } catch (error) {
      archive.destroy(error as Error)
      throw error
    }
  }
  // The first to fail is the reason; the other end is then destroyed.
  const [result] = await Promise.all([fillIt(), writeDurably(path, archive)])
  return result
}

interface Sources extends BackupRequest {
  /** The database's. */
  readonly copy: string
  readonly createdAt: string
}

async function fill(archive: Pack, sources: Sources): Promise<Manifest> {
  const { dataDir, copy, version, createdAt } = sources
  const service = await readServiceFacts(dataDir)
  const places = placesOf(dataDir, service)
  const files: ArchivedFile[] = []
  const leftOut: string[] = []
  for (const image of listImagesOfCopy(copy)) {
    const added = await addImage(archive, places.imagesDir, image)
    if (added === undefined) leftOut.push(image.id)
    else files.push(added)
  }
  markImagesDeletedInCopy(copy, leftOut)
  const paths = new Map([
    [passwordName, places.adminPasswordFile],
    [credentialKeyName, places.credentialKeyFile],
    ...[agentIdName, ...(await hostIdNames(dataDir))].map((name) => [name, join(dataDir, name)] as const),
    [databaseName, copy],
  ])
  for (const [name, path] of paths) {
    const added = await addFile(archive, name, path)
    // The agent's and the hosts' ids are made after the database: a service that never came up has none.
    if (added !== undefined) files.push(added)
  }
  if (!files.some(({ name }) => name === passwordName)) throw passwordMissing(places)
  const moved = movedSettings(dataDir, places)
  const manifest: Manifest = { format: formatVersion, version, createdAt, service, files, leftOut, moved }
  archive.entry({ name: manifestName, mode: 0o600 }, `${JSON.stringify(manifest, undefined, 2)}\n`)
  return manifest
}

/** Without it the archive would not be taken for whole. */
function passwordMissing({ adminPasswordFile }: ServicePlaces): PolyvisorError {
  const message =
    `The file of the admin's first password, ${adminPasswordFile}, is not there. Put it back (any text will do when that ` +
    'password has been changed), then run the backup again.'
  return new PolyvisorError('conflict', 'admin-password-missing', message)
}

async function addImage(archive: Pack, imagesDir: string, image: ImageFacts): Promise<ArchivedFile | undefined> {
  const added = await addFile(archive, imageName(image.id), join(imagesDir, image.id))
  if (added === undefined) return undefined
  if (added.sha256 === image.sha256) return added
  const message = `The file of image ${image.id} is damaged: its sha256 is not the one at its upload. Delete that image, then run the backup again.`
  throw new PolyvisorError('conflict', 'image-damaged', message)
}

/** @returns undefined when there is no such file; one that is removed meanwhile is still read to its end */
async function addFile(archive: Pack, name: string, path: string): Promise<ArchivedFile | undefined> {
  const handle = await openIfThere(path)
  if (handle === undefined) return undefined
  try {
    const { size } = await handle.stat()
    const { promise, resolve: done, reject } = Promise.withResolvers<void>()
    const entry = archive.entry({ name, size, mode: 0o600 }, (error) => (error ? reject(error) : done()))
    const hash = createHash('sha256')
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      hash.update(chunk as Uint8Array)
      if (!entry.write(chunk)) await once(entry, 'drain')
    }
    entry.end()
    await promise
    return { name, sizeBytes: size, sha256: hash.digest('hex') }
  } finally {
    await handle.close()
  }
}

async function hostIdNames(dataDir: string): Promise<readonly string[]> {
  const drivers = await readdir(join(dataDir, 'agent/drivers')).catch(() => [])
  return drivers.map(hostIdName).filter(isArchivedName)
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
