/** Puts a handler's answer on the wire: JSON, bytes or a stream. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { AnyResponse } from './handler.ts'
import { encodeJson } from './json-bytes.ts'

export async function sendResponse(response: Response, { status, headers = {}, body }: AnyResponse): Promise<void> {
  response.status(status)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (body instanceof Readable) return pipeline(body, response)
  if (body === undefined) return end(response, undefined)
  if (body instanceof Uint8Array || (typeof body === 'string' && response.hasHeader('content-type')))
    return end(response, body)
  response.setHeader('content-type', 'application/json')
  return end(response, encodeJson(body))
}

function end(response: Response, body: Uint8Array | string | undefined): void {
  // 204 and 304 have no body at all; other empty answers say so.
  // Text is encoded once: its length is needed before it is sent.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (bytes !== undefined) response.setHeader('content-length', bytes.length)
  else if (response.statusCode !== 204 && response.statusCode !== 304 && !response.hasHeader('content-length')) {
    response.setHeader('content-length', 0)
  }
  response.end(bytes)
}
