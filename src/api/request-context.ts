/** What the edge knows of one request from its first moment on; dispatch fills in who asks and which operation it is. */
import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import type { OperationId } from '../contract/contract.ts'
import type { AuthContext } from '../model/token.ts'
import type { Logger } from '../util/logger.ts'

export interface RequestContext {
  readonly requestId: string
  /** As sent, without the query; still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly logger: Logger
  readonly signal: AbortSignal
  readonly startedAtMs: number
  auth: AuthContext | undefined
  operationId: OperationId | undefined
}

export function createRequestContext(request: Request, response: Response, logger: Logger): RequestContext {
  const requestId = `req-${randomUUID()}`
  const target = request.url
  const mark = target.indexOf('?')
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return {
    requestId,
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    logger: logger.child({ requestId }),
    signal: gone.signal,
    startedAtMs: performance.now(),
    auth: undefined,
    operationId: undefined,
  }
}
