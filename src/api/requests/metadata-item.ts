import { badRequest } from '../../model/errors.ts'

/** The one item of a body, whose key stands in the path too. @throws PolyvisorError bad-request when they differ */
export function itemOfPath<T extends object>(meta: T, key: string): T {
  if (Object.hasOwn(meta, key)) return meta
  throw badRequest('key-mismatch', `Request body and URI mismatch: meta must hold the key of the path, ${key}.`)
}
