/** Format names as people type them: ours, and qemu-img's where it differs. */
import type { DiskFormat } from '../../model/disk-formats.ts'
import { CliError, exitCodes } from '../cli-error.ts'

const byName: Readonly<Record<string, DiskFormat>> = {
  raw: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vhd: 'vhd',
  vpc: 'vhd',
  vhdx: 'vhdx',
  vdi: 'vdi',
  iso: 'iso',
}

const byEnding: Readonly<Record<string, DiskFormat>> = {
  raw: 'raw',
  img: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vhd: 'vhd',
  vpc: 'vhd',
}

export const diskFormatNames = { known: 'raw, qcow2, vmdk, vhd, vhdx, vdi, iso', written: 'raw, qcow2, vmdk, vhd' }

/** @throws CliError for a name that is none */
export function parseDiskFormat(flag: string, name: string): DiskFormat {
  const format = byName[name.toLowerCase()]
  if (format === undefined) {
    throw new CliError(exitCodes.usage, `${flag} ${name}: no such format; there are ${diskFormatNames.known}`)
  }
  return format
}

/** @throws CliError when the ending of the file's name says nothing */
export function formatByEnding(path: string): DiskFormat {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const format = byEnding[ending]
  if (format === undefined) {
    throw new CliError(exitCodes.usage, `which format shall ${path} have? Give --to ${diskFormatNames.written}`)
  }
  return format
}
