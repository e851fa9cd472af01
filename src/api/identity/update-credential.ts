import type { ProjectId, UserId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { credentialView } from '../views/credential.ts'

export const updateCredential: Handler<'updateCredential'> = async ({ auth, params, body }, services) => {
  const { user_id, project_id, type, blob } = body.credential
  const credential = await services.identity.credentials.update(auth, params.credential_id, {
    ...(user_id === undefined ? {} : { userId: user_id as UserId }),
    ...(project_id === undefined ? {} : { projectId: project_id as ProjectId | null }),
    ...(type === undefined ? {} : { type }),
    ...(blob === undefined ? {} : { blob }),
  })
  return { status: 200, body: { credential: credentialView(credential, services) } }
}
