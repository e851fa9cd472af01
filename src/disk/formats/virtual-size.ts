import { DiskError, tooLarge } from '../disk-error.ts'
import type { DiskLimits } from '../limits.ts'

/** @throws DiskError `empty` | `too-large` */
export function assertVirtualSize(sizeBytes: number, limits: DiskLimits): void {
  if (sizeBytes === 0)
    throw new DiskError('empty', 'The image describes a disk of 0 bytes. Upload a disk with content.')
  if (!(sizeBytes <= limits.maxVirtualSizeBytes))
    throw tooLarge('The virtual size', `${limits.maxVirtualSizeBytes} bytes`)
}

/** A disk is whole sectors; what the file lacks of the last one reads as zeros. */
export function wholeSectors(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 512) * 512
}
