/** Rules of config drives that every driver shares. */
import type { DiskSpec, ConfigDriveFile } from './vm-spec.ts'

export interface ConfigDriveContent {
  readonly volumeId: string
  readonly contents: readonly { readonly paths: readonly string[]; readonly content: Buffer }[]
}

/** What is on the config drive that the disk is; undefined when it is another kind of disk. */
export function configDriveContent({ source }: DiskSpec): ConfigDriveContent | undefined {
  if (source.kind !== 'config-drive') return undefined
  return { volumeId: source.volumeId, contents: source.files.map(decoded) }
}

function decoded({ paths, base64 }: ConfigDriveFile) {
  return { paths, content: Buffer.from(base64, 'base64') }
}
