import type { Handler } from '../handler.ts'

export const deleteCredential: Handler<'deleteCredential'> = async ({ auth, params }, services) => {
  await services.identity.credentials.delete(auth, params.credential_id)
  return { status: 204 }
}
