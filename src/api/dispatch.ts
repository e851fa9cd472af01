/**
 * The life of a request at the edge: route → microversion → token → variant and action → policy → contract → handler.
 * Each stage throws a PolyvisorError; server.ts gives it its envelope.
 */
import type { Request, Response } from 'express'
import type { ContractOperation, OperationId } from '../contract/contract.ts'
import { noMicroversion, type Microversion } from '../contract/microversion.ts'
import { badRequest, PolyvisorError } from '../model/errors.ts'
import type { AuthContext } from '../model/token.ts'
import { requireAccessRule } from './access-rules.ts'
import { authenticate, authenticateAgent, authorise } from './authenticate.ts'
import type { AnyHandler, AnyResponse, ApiRequest } from './handler.ts'
import { handlerLoaders } from './handlers.gen.ts'
import { answerOnce, isKeyed } from './idempotency.ts'
import { candidatesAt, microversionHeaders, negotiateMicroversion } from './microversions.ts'
import type { BodyReader } from './read-body.ts'
import type { RequestContext } from './request-context.ts'
import { legacyComputeRoot, type RouteMatch, type Router } from './routing.ts'
import type { Services } from './services.ts'
import { validateRequest } from './validate-request.ts'

export type HandlerHook = (operationId: OperationId, moment: 'before' | 'after') => void

export interface Edge {
  readonly router: Router
  readonly readBody: BodyReader
  readonly services: Services
  /** Told before and after a handler works; a test may strike there. */
  readonly hook?: HandlerHook | undefined
}

/** What was answered, and by which operation: the caller checks it against the contract and sends it. */
export interface Dispatched {
  readonly operation: ContractOperation
  readonly version: Microversion
  readonly response: AnyResponse
}

export async function dispatch(
  edge: Edge,
  context: RequestContext,
  request: Request,
  response: Response,
): Promise<Dispatched> {
  const { services } = edge
  const match = findRoute(edge.router, request.method, context.path)
  const { version, root } = computeFacts(match, context.path, request, response)
  const needsToken = match.candidates.some((candidate) => candidate.policy !== 'public')
  const isForAgents = match.candidates.every((candidate) => candidate.policy === 'agent')
  const agent = isForAgents ? await authenticateAgent(request.headers, services) : undefined
  const auth = needsToken && !isForAgents ? await authenticate(request.headers, services) : undefined
  context.auth = auth
  const [anyOf] = match.candidates
  if (auth !== undefined && anyOf !== undefined) requireAccessRule(auth, anyOf, request.method, context.path)
  const variants = root === '' ? match.candidates : candidatesAt(match.candidates, version)
  authoriseAny(variants, auth)
  const { json, mediaType } = await edge.readBody(request, response, variants)
  const operation = chooseAction(match.candidates, variants, json, version)
  context.operationId = operation.operationId
  if (auth !== undefined) authorise(operation, auth)
  const parts = { params: match.params, rawQuery: context.query, json, mediaType }
  const valid = validateRequest(operation, parts, version, root === legacyComputeRoot)
  const handler = await loadHandler(operation.handler)
  const apiRequest = {
    operation,
    requestId: context.requestId,
    ...valid,
    rawQuery: context.query,
    stream: request,
    mediaType,
    headers: request.headers,
    clientAddress: request.ip ?? '',
    microversion: version,
    root,
    auth: (agent ?? auth) as never,
    logger: context.logger,
    signal: context.signal,
  } satisfies Record<keyof ApiRequest, unknown>
  const answer = async () => {
    edge.hook?.(operation.operationId, 'before')
    const given = await handler(apiRequest, services)
    edge.hook?.(operation.operationId, 'after')
    return given
  }
  if (!isKeyed(apiRequest)) return { operation, version, response: await answer() }
  const call = { ...apiRequest, auth, target: request.url, body: valid.body }
  return { operation, version, response: await answerOnce(call, services, answer) }
}

function findRoute(router: Router, method: string, path: string): RouteMatch {
  try {
    decodeURIComponent(path)
  } catch {
    throw badRequest('malformed-path', 'The path holds a broken %-sequence.')
  }
  const match = router.find(method, path)
  if (match !== undefined) return match
  const allowed = router.allowedMethods(path)
  // A DELETE whose id got lost on the way is about nothing, not about the list.
  const hasLostItsId = method === 'DELETE' && path.endsWith('/')
  if (allowed.length === 0 || hasLostItsId) {
    throw new PolyvisorError('not-found', 'no-such-path', 'The resource could not be found: the API has no such path.')
  }
  throw new PolyvisorError('method-not-allowed', 'method-not-allowed', `This path takes ${allowed.join(', ')} only.`, {
    details: { allowed },
  })
}

/** The compute face alone has microversions; its headers are set at once, so that faults carry them too. */
function computeFacts(
  match: RouteMatch,
  path: string,
  request: Request,
  response: Response,
): { version: Microversion; root: string } {
  const versioned = /^\/+compute\/+(v2(?:\.1)?)(?:\/|$)/.exec(path)?.[1]
  if (versioned === undefined || match.candidates[0]?.tag !== 'compute') return { version: noMicroversion, root: '' }
  const root = `/compute/${versioned}`
  if (root === legacyComputeRoot) return { version: 1, root }
  const version = negotiateMicroversion(request.headers)
  response.set(microversionHeaders(version))
  return { version, root }
}

/** Refuses before the body is read when none of the variants is open to the bearer. */
function authoriseAny(variants: readonly ContractOperation[], auth: AuthContext | undefined): void {
  if (auth === undefined) return
  let refusal: unknown
  for (const variant of variants) {
    try {
      return authorise(variant, auth)
    } catch (error) {
      refusal = error
    }
  }
  throw refusal
}

/** Of the operations of an action path, the one that the body's only key names. One of another microversion is 404. */
function chooseAction(
  all: readonly ContractOperation[],
  variants: readonly ContractOperation[],
  json: unknown,
  version: Microversion,
): ContractOperation {
  const [first] = variants
  if (first === undefined) throw new Error('a route without operations')
  if (first.action === undefined) return first
  const keys = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : []
  if (keys.length !== 1)
    throw badRequest('one-action', 'The body must be a JSON object with exactly one key, which names the action.')
  const chosen = variants.find((variant) => variant.action === keys[0])
  if (chosen !== undefined) return chosen
  const elsewhere = all.filter((each) => each.action === keys[0])
  if (elsewhere.length > 0) candidatesAt(elsewhere, version)
  throw badRequest('no-such-action', `There is no such action: ${keys[0]}.`)
}

const loadedHandlers = new Map<OperationId, AnyHandler>()

async function loadHandler(id: OperationId): Promise<AnyHandler> {
  const known = loadedHandlers.get(id)
  if (known !== undefined) return known
  const load = handlerLoaders[id]
  if (load === undefined)
    throw new PolyvisorError('not-implemented', 'not-implemented', `${id} is in the contract and not built yet.`)
  // The contract vouches for the shapes: the edge handles them all as unknown.
  const handler = (await load()) as unknown as AnyHandler
  loadedHandlers.set(id, handler)
  return handler
}
