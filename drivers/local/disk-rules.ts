/** What is asked of the disks of a spec where they become files of this machine. Pure. */
import { DiskError } from '../../src/disk/disk-error.ts'
import { makeIso } from '../../src/disk/iso9660/make-iso.ts'
import { configDriveContent } from '../../src/driver/config-drive.ts'
import type { DiskSpec, ImageRef } from '../../src/driver/vm-spec.ts'
import { invalidSpec, unsupported } from './refusals.ts'

const diskIdPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/

export interface DiskContent {
  readonly image: ImageRef | undefined
  /** The bytes of a config drive. */
  readonly iso: Buffer | undefined
}

/** @throws DriverError INVALID_SPEC */
export function assertDisks(disks: readonly DiskSpec[], most: number): void {
  if (disks.length > most) throw invalidSpec(`A virtual machine has at most ${most} disks.`)
  if (new Set(disks.map(({ id }) => id)).size !== disks.length) throw invalidSpec('Two disks have the same id.')
}

/** What will lie on the disk; neither of both on a blank one. @throws DriverError INVALID_SPEC or UNSUPPORTED */
export function readDisk(disk: DiskSpec): DiskContent {
  if (!diskIdPattern.test(disk.id)) throw invalidSpec('A disk id has 1 to 64 letters, digits and dashes.')
  if (!Number.isSafeInteger(disk.sizeBytes) || disk.sizeBytes <= 0)
    throw invalidSpec(`The size of disk ${disk.id} is not a positive number.`)
  return { image: imageOf(disk), iso: isoOf(disk) }
}

function imageOf(disk: DiskSpec): ImageRef | undefined {
  const { source } = disk
  if (source.kind === 'blank' || source.kind === 'config-drive') return undefined
  if (source.kind !== 'image') throw unsupported(`Disks of the kind ${source.kind} are not supported yet.`)
  const { format, sha256, virtualSizeBytes } = source.image
  if (format !== 'qcow2' && format !== 'raw')
    throw unsupported(`Images in the format ${format} must be converted first.`)
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalidSpec(`The image of disk ${disk.id} has no sha256.`)
  if (virtualSizeBytes > disk.sizeBytes) throw invalidSpec(`Disk ${disk.id} is smaller than its image.`)
  return source.image
}

function isoOf(disk: DiskSpec): Buffer | undefined {
  const drive = configDriveContent(disk)
  if (drive === undefined) return undefined
  try {
    const iso = makeIso({ ...drive, madeAt: new Date() })
    if (iso.length > disk.sizeBytes) throw invalidSpec('The config drive is larger than it may be.')
    return iso
  } catch (error) {
    if (error instanceof DiskError) throw invalidSpec(error.message)
    throw error
  }
}
