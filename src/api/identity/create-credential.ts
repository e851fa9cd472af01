import type { ProjectId, UserId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { credentialView } from '../views/credential.ts'

export const createCredential: Handler<'createCredential'> = async ({ auth, body }, services) => {
  const { user_id, project_id, type, blob } = body.credential
  const credential = await services.identity.credentials.create(auth, {
    userId: (user_id ?? auth.userId) as UserId,
    projectId: (project_id ?? null) as ProjectId | null,
    type,
    blob,
  })
  return { status: 201, body: { credential: credentialView(credential, services) } }
}
