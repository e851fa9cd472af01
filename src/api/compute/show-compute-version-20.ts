import type { Handler } from '../handler.ts'
import { computeVersions, versionDocument } from '../views/version.ts'

export const showComputeVersion20: Handler<'showComputeVersion20'> = (_request, { publicUrl }) => ({
  status: 200,
  body: versionDocument(computeVersions[0], publicUrl),
})
