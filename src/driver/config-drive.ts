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

/**
 * The disks as what tells one spec from another: what a config drive holds is settled when the VM is made, and later specs
 * of the same VM leave it out.
 */
export function withoutDriveContent(disks: readonly DiskSpec[]): readonly DiskSpec[] {
  return disks.map((disk) =>
    disk.source.kind === 'config-drive' ? { ...disk, source: { ...disk.source, files: [] } } : disk,
  )
}

function decoded({ paths, base64 }: ConfigDriveFile) {
  return { paths, content: Buffer.from(base64, 'base64') }
}
