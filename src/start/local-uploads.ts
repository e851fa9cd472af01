/** Snapshots that an agent makes in the service's own process. */
import { Readable } from 'node:stream'
import { uploadFailure, type ImageUploads } from '../agent/image-uploads.ts'
import type { SnapshotUploads } from '../images/snapshot-uploads.ts'
import { PolyvisorError } from '../model/errors.ts'

/** The bytes go where an upload would bring them. */
export function localUploads(snapshots: SnapshotUploads): ImageUploads {
  return {
    async send(imageId, { format, bytes }, signal) {
      const body = Readable.from(bytes, { objectMode: false, signal })
      try {
        const image = await snapshots.receive(imageId, format, { body })
        return image && { sizeBytes: image.sizeBytes ?? 0, sha256: image.sha256 ?? '' }
      } catch (error) {
        body.destroy()
        throw error instanceof PolyvisorError ? uploadFailure(error.status, error.message) : error
      }
    },
  }
}
