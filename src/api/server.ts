/** The HTTP edge: an express shell around one dispatcher that goes by the contract. Owns no state beside compiled routes. */
import express, { type Express, type Request, type Response } from 'express'
import { loadContract } from '../contract/contract.ts'
import { PolyvisorError } from '../model/errors.ts'
import { dispatch, type Edge, type HandlerHook } from './dispatch.ts'
import { envelopeFor } from './faults/envelopes.ts'
import { toFault } from './faults/fault.ts'
import type { AnyResponse } from './handler.ts'
import { createBodyReader } from './read-body.ts'
import { createRequestContext, type RequestContext } from './request-context.ts'
import { createRouter } from './routing.ts'
import { sendResponse } from './send-response.ts'
import type { Services } from './services.ts'
import { noVncPath } from './views/console.ts'
import { responseViolation } from './validate-response.ts'

/** Told of each request's beginning and end; for figures. */
export interface RequestObserver {
  began(): void
  /** @param operationId undefined when the request was refused before its operation was known */
  ended(operationId: string | undefined, status: number | 'aborted', seconds: number): void
}

export interface ApiOptions {
  readonly observer?: RequestObserver | undefined
  /** Bodies that are read whole may have this many bytes; streamed uploads are not limited here. */
  readonly maxBodyBytes?: number
  /** Proxies whose X-Forwarded-* headers count, as express's `trust proxy`; none by default. */
  readonly trustedProxies?: string | readonly string[]
  /** Check every answer against the contract: for tests. */
  readonly validateResponses?: boolean
  /** Told of each answer that breaks the contract, before the client gets its 500. */
  readonly onViolation?: (violation: string) => void
  readonly hook?: HandlerHook | undefined
  /** A folder with noVNC's pages; without it they are not served. */
  readonly noVncFolder?: string | undefined
}

export function createApi(services: Services, options: ApiOptions = {}): Express {
  const edge: Edge = {
    router: createRouter(loadContract().operations),
    readBody: createBodyReader(options.maxBodyBytes ?? 1024 * 1024),
    services,
    hook: options.hook,
  }
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', options.trustedProxies ?? false)
  // Pages of somebody else's, so they stand in no contract.
  if (options.noVncFolder !== undefined) app.use(noVncPath, express.static(options.noVncFolder, { index: false }))
  app.use(async (request, response) => {
    const context = createRequestContext(request, response, services.logger)
    setRequestId(response, context)
    options.observer?.began()
    response.once('close', () => {
      const ms = performance.now() - context.startedAtMs
      const status = response.writableFinished ? response.statusCode : 'aborted'
      logAccess(context, request, status, ms)
      options.observer?.ended(context.operationId, status, ms / 1000)
    })
    try {
      const answer = await answerTo(edge, options, context, request, response)
      await sendResponse(response, request.method === 'HEAD' ? { ...answer, body: undefined } : answer)
    } catch (error) {
      await answerWithFault(services, options, context, response, error)
    }
  })
  return app
}

async function answerTo(
  edge: Edge,
  options: ApiOptions,
  context: RequestContext,
  request: Request,
  response: Response,
): Promise<AnyResponse> {
  const { operation, version, response: answer } = await dispatch(edge, context, request, response)
  if (options.validateResponses !== true) return answer
  const violation = responseViolation(operation, version, answer)
  if (violation === undefined) return answer
  reportViolation(options, violation)
  throw new PolyvisorError('internal', 'contract-broken', `The answer breaks the contract: ${violation}`)
}

function reportViolation(options: ApiOptions, violation: string): void {
  if (options.onViolation === undefined) process.stderr.write(`CONTRACT BROKEN: ${violation}\n`)
  else options.onViolation(violation)
}

async function answerWithFault(
  services: Services,
  options: ApiOptions,
  context: RequestContext,
  response: Response,
  error: unknown,
): Promise<void> {
  const fault = toFault(error, context.requestId)
  if (fault.status >= 500) context.logger.error({ error, operation: context.operationId }, 'a request failed')
  if (response.headersSent) {
    // A stream broke half way: the client must see a broken answer, not a short one.
    response.destroy()
    return
  }
  for (const name of ['content-type', 'content-length', 'location']) response.removeHeader(name)
  const headers: Record<string, string> = {}
  if (fault.status === 401) headers['WWW-Authenticate'] = `Keystone uri="${services.publicUrl}/identity"`
  if (fault.status === 405 && Array.isArray(fault.details?.['allowed']))
    headers['Allow'] = fault.details['allowed'].join(', ')
  const size = fault.details?.['sizeBytes']
  if (fault.status === 416 && typeof size === 'number') headers['Content-Range'] = `bytes */${size}`
  const retryAfter = fault.details?.['retryAfterSeconds']
  if (typeof retryAfter === 'number') headers['Retry-After'] = String(retryAfter)
  if (fault.status === 503) headers['Retry-After'] = '1'
  const body = response.req.method === 'HEAD' ? undefined : envelopeFor(context.path)(fault)
  try {
    await sendResponse(response, { status: fault.status, headers, body })
  } catch (sendError) {
    context.logger.warn({ error: sendError }, 'could not send a fault')
    response.destroy()
  }
}

function setRequestId(response: Response, context: RequestContext): void {
  response.setHeader('x-openstack-request-id', context.requestId)
  if (/^\/+compute(\/|$)/.test(context.path)) response.setHeader('X-Compute-Request-Id', context.requestId)
}

/** The one operation that has a secret in its path. */
function withoutSecrets(path: string): string {
  return path.replace(/(\/os-console-auth-tokens\/)[^/]+/i, '$1…')
}

/** One line a request; queries and bodies may hold secrets and stay out. */
function logAccess(context: RequestContext, request: Request, status: number | 'aborted', ms: number): void {
  context.logger.info(
    {
      method: request.method,
      path: withoutSecrets(context.path),
      status,
      ms: Math.round(ms * 10) / 10,
      ...(context.operationId === undefined ? {} : { operation: context.operationId }),
      ...(context.auth === undefined ? {} : { user: context.auth.userId, project: context.auth.projectId }),
    },
    'request',
  )
}
