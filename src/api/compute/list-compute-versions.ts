import type { Handler } from '../handler.ts'
import { computeVersions, versionView } from '../views/version.ts'

export const listComputeVersions: Handler<'listComputeVersions'> = (_request, { publicUrl }) => ({
  status: 200,
  body: { versions: computeVersions.map((version) => versionView(version, publicUrl)) },
})
