import type { Handler } from '../handler.ts'
import { computeVersions, versionDocument } from '../views/version.ts'

export const showComputeVersion21: Handler<'showComputeVersion21'> = (_request, { publicUrl }) => ({
  status: 200,
  body: versionDocument(computeVersions[1], publicUrl),
})
