/** Fetches an image from the web, as a stream: to judged addresses only, also after a redirect, within bounds of time. */
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { PolyvisorError } from '../../model/errors.ts'
import type { UploadBody } from '../receive-image.ts'
import { addressesOf, hostOf, readTarget, type TargetRules } from './download-target.ts'

export interface DownloadRules extends TargetRules {
  /** For all of it, redirects included. */
  readonly maxMs: number
  /** Until a server answers; 30 s when left out. */
  readonly answerMs?: number
}

const maxRedirects = 5
const redirects = [301, 302, 303, 307, 308]

/** @throws PolyvisorError in words for the owner of the image */
export async function openDownload(uri: string, rules: DownloadRules, signal: AbortSignal): Promise<UploadBody> {
  const deadline = AbortSignal.timeout(rules.maxMs)
  let url = readTarget(uri, rules)
  for (let hops = 0; ; hops += 1) {
    const response = await get(url, rules, AbortSignal.any([signal, deadline]), deadline)
    const { statusCode = 0, headers } = response
    if (!redirects.includes(statusCode)) return bodyOf(response, deadline, rules)
    response.destroy()
    if (hops === maxRedirects) throw failed(`it was sent on more than ${maxRedirects} times`)
    const next = headers.location === undefined ? null : URL.parse(headers.location, url.href)
    if (next === null) throw failed('it was sent on to nowhere')
    if (url.protocol === 'https:' && next.protocol === 'http:') throw failed('it was sent on from https to http')
    url = readTarget(next.href, rules)
  }
}

/** From the first of its addresses that answers. */
async function get(
  url: URL,
  rules: DownloadRules,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<IncomingMessage> {
  const addresses = await addressesOf(url, rules)
  for (const [index, address] of addresses.entries()) {
    try {
      return await getFrom(address, url, rules, signal)
    } catch (error) {
      if (deadline.aborted) throw tooLate(rules)
      signal.throwIfAborted()
      if (index === addresses.length - 1) throw failed('its server cannot be reached, or broke off', error)
    }
  }
  throw failed('its host has no address')
}

/** The name is not looked up again: the address is what was judged. */
function getFrom(address: string, url: URL, rules: DownloadRules, signal: AbortSignal): Promise<IncomingMessage> {
  const name = hostOf(url)
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'polyvisor' },
    agent: false,
    signal,
    ...(isIP(name) === 0 ? { servername: name } : {}),
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options)
    const patience = setTimeout(() => request.destroy(new Error('no answer')), rules.answerMs ?? 30_000)
    request.once('close', () => {
      clearTimeout(patience)
      // Where the server wants another protocol nothing else is said. After an answer this says nothing any more.
      reject(new Error('the connection ended without an answer'))
    })
    request.once('response', (response) => {
      clearTimeout(patience)
      resolve(response)
    })
    request.on('error', reject)
    request.end()
  })
}

function bodyOf(response: IncomingMessage, deadline: AbortSignal, rules: DownloadRules): UploadBody {
  const { statusCode = 0, headers } = response
  const refuse = (why: string): never => {
    response.destroy()
    throw failed(why)
  }
  if (statusCode !== 200) refuse(`its server answered ${statusCode}`)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') refuse('its server sent it packed')
  const late = (): void => void response.destroy(tooLate(rules))
  deadline.addEventListener('abort', late, { once: true })
  response.once('close', () => deadline.removeEventListener('abort', late))
  const length = headers['content-length']
  return { body: response, contentLength: length === undefined ? undefined : Number(length) }
}

function failed(why: string, cause?: unknown): PolyvisorError {
  return new PolyvisorError('bad-request', 'import-download-failed', `The URI could not be fetched: ${why}.`, { cause })
}

function tooLate({ maxMs }: DownloadRules): PolyvisorError {
  const message = `The URI could not be fetched within ${Math.ceil(maxMs / 1000)} s. Stage the data and use glance-direct instead.`
  return new PolyvisorError('timeout', 'import-download-late', message)
}
