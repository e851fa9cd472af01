import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

/** Of every extension that Nova itself has taken out, and answers like this. */
export const listGuestAgentBuilds: Handler<'listGuestAgentBuilds'> = () => {
  throw new PolyvisorError(
    'gone',
    'removed-from-nova',
    'This API no longer exists: it was removed from OpenStack Compute.',
  )
}
