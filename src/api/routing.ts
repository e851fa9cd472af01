/** Finds the operations behind a method and path. Slashes at the end and doubled ones do not matter, as for Nova. */
import findMyWay, { type HTTPMethod } from 'find-my-way'
import type { ContractOperation } from '../contract/contract.ts'

export interface RouteMatch {
  /** Variants of one path and method: by microversion, by action. Never empty. */
  readonly candidates: readonly ContractOperation[]
  readonly params: Readonly<Record<string, string | undefined>>
}

export interface Router {
  /** undefined: no such path, or not with this method; see `allowedMethods`. */
  find(method: string, path: string): RouteMatch | undefined
  /** The methods that the path knows; empty when there is no such path. */
  allowedMethods(path: string): readonly string[]
}

const computeRoot = '/compute/v2.1'
/** The face of old clients: the same operations, never with microversions. */
export const legacyComputeRoot = '/compute/v2'

/**
 * The exception to the slashes: Glance reads `/v2/images/` as an image whose id is empty, and has none such. Taken for
 * the list, a DELETE whose id got lost on the way would be told 405 instead of 404. Nova does so with the usage of a
 * project, of which the list would tell everybody's.
 */
const namesNothing = /^\/+(image\/+v2\/+images|compute\/+v2(\.1)?\/+os-simple-tenant-usage)\/+$/

export function createRouter(operations: readonly ContractOperation[]): Router {
  const router = findMyWay({ ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 1024 })
  const routes = new Map<string, { method: string; path: string; candidates: ContractOperation[] }>()
  for (const operation of operations) {
    for (const path of pathsOf(operation)) {
      const key = `${operation.method} ${path}`
      const route = routes.get(key) ?? { method: operation.method, path, candidates: [] }
      route.candidates.push(operation)
      routes.set(key, route)
    }
  }
  const unused = () => undefined
  for (const { method, path, candidates } of routes.values()) {
    router.on(method as HTTPMethod, path.replace(/\{([^}]+)\}/g, ':$1'), unused, candidates)
  }
  const methods = [...new Set(operations.map((operation) => operation.method))].sort()
  const find = (method: string, path: string): RouteMatch | undefined => {
    if (namesNothing.test(path)) return undefined
    const found = router.find(method as HTTPMethod, path)
    if (found === null || found.store === null || found.store === undefined) return undefined
    return { candidates: found.store as readonly ContractOperation[], params: found.params }
  }
  return { find, allowedMethods: (path) => methods.filter((method) => find(method, path) !== undefined) }
}

function pathsOf(operation: ContractOperation): readonly string[] {
  if (!operation.path.startsWith(`${computeRoot}/`)) return [operation.path]
  return [operation.path, legacyComputeRoot + operation.path.slice(computeRoot.length)]
}
