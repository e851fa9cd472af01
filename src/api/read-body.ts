/** Reads JSON bodies. Streams are left alone: their handlers read them. */
import type { Request, Response } from 'express'
import express from 'express'
import type { ContractOperation } from '../contract/contract.ts'
import { badRequest, PolyvisorError } from '../model/errors.ts'
import { checkJsonBounds } from './json-bounds.ts'

export interface ReadBody {
  /** undefined: the request has none, or it is a stream. */
  readonly json: unknown
  readonly mediaType: string
}

export type BodyReader = (
  request: Request,
  response: Response,
  candidates: readonly ContractOperation[],
) => Promise<ReadBody>

export function createBodyReader(maxBytes: number): BodyReader {
  const parse = express.json({ limit: maxBytes, strict: false, type: () => true })
  return async (request, response, candidates) => {
    const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    const accepted = acceptedMediaTypes(candidates)
    if (!hasBody(request)) return { json: undefined, mediaType }
    if (accepted.size === 0) {
      refuseUnread(request, response, maxBytes)
      return { json: undefined, mediaType }
    }
    if (mediaType !== '' && !accepted.has(mediaType)) throw unsupported(mediaType, [...accepted.keys()])
    if (accepted.get(mediaType) === 'stream') return { json: undefined, mediaType }
    if (mediaType === '' && [...accepted.values()].every((kind) => kind === 'stream'))
      return { json: undefined, mediaType }
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) =>
        error === undefined ? resolve() : reject(parseError(error, response, maxBytes)),
      )
    })
    checkJsonBounds(request.body)
    return { json: request.body as unknown, mediaType }
  }
}

function acceptedMediaTypes(candidates: readonly ContractOperation[]): ReadonlyMap<string, 'json' | 'stream'> {
  const accepted = new Map<string, 'json' | 'stream'>()
  for (const { body = {} } of candidates) {
    for (const [mediaType, schema] of Object.entries(body)) accepted.set(mediaType, schema === null ? 'stream' : 'json')
  }
  return accepted
}

function hasBody(request: Request): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true
  return Number(request.headers['content-length'] ?? 0) > 0
}

/** Of an operation that takes no body: a small one does no harm; of a large one nothing is read. */
function refuseUnread(request: Request, response: Response, maxBytes: number): void {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > maxBytes) throw tooLarge(response, maxBytes)
  // How long a chunked one is, nobody knows: this connection is used for nothing else.
  if (request.headers['transfer-encoding'] !== undefined) response.setHeader('Connection', 'close')
}

/** The rest of it is on its way: closing the connection is the only way not to take it. */
function tooLarge(response: Response, maxBytes: number): PolyvisorError {
  response.setHeader('Connection', 'close')
  return new PolyvisorError(
    'too-large',
    'body-too-large',
    `Request is too large: a body may have ${maxBytes} bytes at most.`,
  )
}

function unsupported(what: string, accepted: readonly string[]): PolyvisorError {
  return new PolyvisorError(
    'unsupported-media-type',
    'unsupported-media-type',
    `Unsupported Content-Type ${what}; send ${accepted.join(' or ')}.`,
  )
}

function parseError(error: unknown, response: Response, maxBytes: number): PolyvisorError {
  const type = (error as { type?: string }).type
  switch (type) {
    case 'entity.too.large':
      return tooLarge(response, maxBytes)
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return unsupported('encoding or charset', ['plain UTF-8 JSON'])
    case 'request.aborted':
    case 'request.size.invalid':
      return badRequest('body-cut', 'The body ended before its declared length; send it again.')
    default:
      return badRequest('malformed-json', `Malformed request body: it is not valid JSON${positionOf(error)}.`)
  }
}

/** The parser's position without its quotation of the body, which may hold a password. */
function positionOf(error: unknown): string {
  const position = /at position \d+/.exec((error as Error).message)?.[0]
  return position === undefined ? '' : ` (${position})`
}
