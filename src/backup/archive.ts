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
/** What users' credentials are encrypted with. */
export const credentialKeyName = 'credential-key'
export const agentIdName = 'agent/agent-id'

const hostIdPattern = /^agent\/drivers\/[a-z0-9-]+\/node-id$/

/** Which host a driver is, where it keeps that in a file: servers belong to a host by its id. */
export function hostIdName(driver: string): string {
  return `agent/drivers/${driver}/node-id`
}

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
  /** Settings by which the service kept something outside of its data directory; an archive restores it inside. */
  readonly moved?: readonly string[]
}

export function imageName(imageId: string): string {
  return `images/${imageId}`
}

/** Names become paths: nothing else is ever unpacked. */
export function isArchivedName(name: string): boolean {
  if ([databaseName, passwordName, credentialKeyName, agentIdName, manifestName].includes(name)) return true
  if (hostIdPattern.test(name)) return true
  return name.startsWith('images/') && isUuid(name.slice('images/'.length))
}
