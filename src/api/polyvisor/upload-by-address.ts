import type { Handler } from '../handler.ts'
import { drain } from '../image/drain.ts'

export const uploadByAddress: Handler<'uploadByAddress'> = async ({ query, stream }, services) => {
  try {
    const { id, sizeBytes, sha256 } = await services.snapshots.redeem(query.key, query.disk_format, { body: stream })
    return { status: 200, body: { image: { id, size: sizeBytes ?? 0, sha256: sha256 ?? '' } } }
  } catch (error) {
    drain(stream)
    throw error
  }
}
