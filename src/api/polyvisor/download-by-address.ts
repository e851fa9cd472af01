import type { Handler } from '../handler.ts'
import { imageBytes } from '../image/image-bytes.ts'

export const downloadByAddress: Handler<'downloadByAddress'> = async ({ query, headers }, services) =>
  imageBytes(await services.imageAddresses.redeem(query.key), headers, services.images)
