import type { SignedRequest } from '../../model/oauth1.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'

/** Clients sign the address that they know this service by: the public one, never what a request's Host says. */
export function signedRequest(
  { operation, rawQuery, headers }: Pick<ApiRequest, 'operation' | 'rawQuery' | 'headers'>,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): SignedRequest {
  return {
    method: operation.method,
    url: `${publicUrl}${operation.path}`,
    query: [...rawQuery],
    authorization: headers.authorization,
  }
}
