import type { Handler } from '../handler.ts'
import { toMilliseconds } from '../views/times.ts'

export const createImageUpload: Handler<'createImageUpload'> = async ({ auth, body }, services) => {
  const address = await services.snapshots.issue(auth.agentId, body.image_id)
  if (address === undefined) return { status: 201, body: { upload: null } }
  const path = `/v1/image-data?key=${address.key}`
  return { status: 201, body: { upload: { path, expires_at: toMilliseconds(address.expiresAtMs) } } }
}
