/** Whose request it is, in the words of the services. */
import { forbidden } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'
import type { ActionContext } from '../../operations/instance-service-types.ts'
import type { ServerViewer } from '../views/server.ts'

/** The edge has made sure of it for every operation whose policy names a role; this tells the compiler. */
export function projectOf(auth: AuthContext): ProjectId {
  if (auth.projectId === undefined) throw forbidden('This needs a token scoped to a project.')
  return auth.projectId
}

export function actionContext(request: { readonly auth: AuthContext; readonly requestId: string }): ActionContext {
  const { auth, requestId } = request
  return { projectId: projectOf(auth), userId: auth.userId, requestId, isAdmin: auth.isAdmin }
}

/** For whom a server is shown, and how. */
export function viewerOf(
  request: { readonly auth: AuthContext; readonly microversion: number; readonly root: string },
  { publicUrl }: { readonly publicUrl: string },
): ServerViewer {
  return { publicUrl, root: request.root, version: request.microversion, isAdmin: request.auth.isAdmin }
}
