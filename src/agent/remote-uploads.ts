/** Images to the control plane's API. One that breaks off is for the caller to make and send anew: a stream comes once. */
import { ControlRefusal, type ControlClient } from './control-client.ts'
import { uploadFailure, type ImageUploads } from './image-uploads.ts'

export interface RemoteUploadParts {
  readonly client: ControlClient
  readonly token: () => string
}

export function remoteUploads({ client, token }: RemoteUploadParts): ImageUploads {
  return {
    async send(imageId, image, signal) {
      try {
        const received = await client.sendImage(token(), imageId, image, signal)
        return received && { sizeBytes: received.size, sha256: received.sha256 }
      } catch (error) {
        throw error instanceof ControlRefusal ? uploadFailure(error.status, error.message) : error
      }
    },
  }
}
