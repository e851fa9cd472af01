import { DiskError } from '../disk-error.ts'

/** `what` cannot be written to a stream: its tables or sizes stand before what they describe. */
export function needsFile(what: string): DiskError {
  return new DiskError(
    'not-supported',
    `${what} cannot be written to a stream. Write it to a file, or choose raw, streamOptimized VMDK or fixed VHD.`,
  )
}
