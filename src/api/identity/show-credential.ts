import type { Handler } from '../handler.ts'
import { credentialView } from '../views/credential.ts'

export const showCredential: Handler<'showCredential'> = async ({ auth, params }, services) => {
  const credential = await services.identity.credentials.get(auth, params.credential_id)
  return { status: 200, body: { credential: credentialView(credential, services) } }
}
