import type { Handler } from '../handler.ts'
import { toMilliseconds } from '../views/times.ts'

export const createImageAddress: Handler<'createImageAddress'> = async ({ auth, body }, services) => {
  const { key, expiresAtMs } = await services.imageAddresses.issue(auth.agentId, body.image_id)
  const path = `/v1/image-data?key=${key}`
  return { status: 201, body: { address: { path, expires_at: toMilliseconds(expiresAtMs) } } }
}
