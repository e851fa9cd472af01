import type { ImageCaller } from '../../images/image-requests.ts'
import { forbidden } from '../../model/errors.ts'
import type { AuthContext } from '../../model/token.ts'

/** The edge lets nobody without a project in here; this says so to the type checker too. */
export function imageCaller({ projectId, isAdmin }: AuthContext): ImageCaller {
  if (projectId === undefined) throw forbidden('This needs a token scoped to a project.')
  return { projectId, isAdmin }
}
