import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

/** Of every path that Nova hands on to a service which is not here. */
export const listBareMetalNodes: Handler<'listBareMetalNodes'> = () => {
  const text = 'This hands on to a service that this cloud does not have: bare metal, floating IPs or volumes.'
  throw new PolyvisorError('not-implemented', 'proxy-not-built', text)
}
