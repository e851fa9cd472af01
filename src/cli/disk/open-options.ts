import type { OpenDiskOptions } from '../../disk/open-disk.ts'
import { parseDiskFormat } from './disk-format-names.ts'
import { referencesIn } from './references.ts'

/** The flags that all commands have which read an image, as the engine wants them. */
export function openOptions(
  flags: { readonly from?: string; readonly references?: string; readonly snapshot?: string },
  signal?: AbortSignal,
): OpenDiskOptions {
  return {
    ...(flags.from === undefined ? {} : { format: parseDiskFormat('--from', flags.from) }),
    ...(flags.references === undefined ? {} : { resolve: referencesIn(flags.references) }),
    ...(flags.snapshot === undefined ? {} : { snapshot: flags.snapshot }),
    ...(signal === undefined ? {} : { signal }),
  }
}
