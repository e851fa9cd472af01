import { tooLarge } from '../../disk-error.ts'

/** What the format's readers agree on. */
const maxSizeBytes = 2040 * 1024 ** 3

/** @throws DiskError `too-large` */
export function assertVhdSize(sizeBytes: number): void {
  if (sizeBytes > maxSizeBytes) throw tooLarge('The virtual size, for a VHD,', '2040 GiB')
}
