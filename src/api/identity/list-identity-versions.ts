import type { Handler } from '../handler.ts'
import { identityVersion } from './show-identity-version.ts'

export const listIdentityVersions: Handler<'listIdentityVersions'> = (_request, services) => ({
  status: 300,
  body: { versions: { values: [identityVersion(services.publicUrl)] } },
})
