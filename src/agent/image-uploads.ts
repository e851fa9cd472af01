/** Where the images go that an agent makes. */
import type { DiskFormat } from '../model/disk-formats.ts'
import { DriverError } from '../driver/driver-error.ts'

export interface ImageUploads {
  /**
   * All of the bytes, or none that count. Sent again, they replace those before.
   * @returns what arrived; undefined when the image has its bytes already
   * @throws DriverError; others when the bytes themselves fail
   */
  send(
    imageId: string,
    image: { readonly format: DiskFormat; readonly bytes: AsyncIterable<Uint8Array> },
    signal: AbortSignal,
  ): Promise<{ readonly sizeBytes: number; readonly sha256: string } | undefined>
}

/** @param message of the control plane, fit for tenants */
export function uploadFailure(status: number, message: string): DriverError {
  if (status >= 500 && status !== 507) {
    const text = 'The image could not be sent: the control plane cannot take it now.'
    return new DriverError('UNREACHABLE', text, { retry: 'later', effect: 'none', native: message })
  }
  if (status === 507) return new DriverError('STORAGE_FULL', message, { retry: 'never', effect: 'none' })
  // 408: the bytes came too slowly. 409: somebody sends them anew.
  return new DriverError('IMAGE_BAD', message, { retry: status === 408 ? 'later' : 'never', effect: 'none' })
}
