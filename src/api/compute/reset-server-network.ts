import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

/** Also injectNetworkInfo: Nova itself has taken both out, and answers like this. */
export const resetServerNetwork: Handler<'resetServerNetwork'> = () => {
  throw new PolyvisorError(
    'gone',
    'removed-from-nova',
    'This API no longer exists: it was removed from OpenStack Compute.',
  )
}
