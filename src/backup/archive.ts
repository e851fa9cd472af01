/**
 * What an archive of a data directory holds. It is a plain tar, so that tar itself can look into it; its last entry is
 * the manifest, without which it is not whole.
 */
import { isUuid } from '../model/ids.ts'

export const formatVersion = 1
export const manifestName = 'manifest.json'
/** Paths within the archive are those within the data directory. */
export const databaseName = 'database/polyvisor.db'
export const passwordName = 'admin-password'
export const agentIdName = 'agent/agent-id'

export interface ArchivedFile {
  readonly name: string
  readonly sizeBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

export interface Manifest {
  readonly format: number
  /** Of the program that wrote it. */
  readonly version: string
  /** ISO 8601, when the database was copied. */
  readonly createdAt: string
  /** As service.json had it: where it answered; for people, never restored. */
  readonly service: unknown
  /** All entries but this one, in their order. */
  readonly files: readonly ArchivedFile[]
  /** Images that were deleted while the backup ran. */
  readonly leftOut: readonly string[]
}

export function imageName(imageId: string): string {
  return `images/${imageId}`
}

/** Names become paths: nothing else is ever unpacked. */
export function isArchivedName(name: string): boolean {
  if ([databaseName, passwordName, agentIdName, manifestName].includes(name)) return true
  return name.startsWith('images/') && isUuid(name.slice('images/'.length))
}
