/** Signatures of OAuth 1.0a (RFC 5849, section 3), in the Authorization header, by HMAC. Pure: knows no tokens and no time. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { PolyvisorError } from '../../model/errors.ts'
import type { SignedRequest } from '../../model/oauth1.ts'

/** What the header says. */
export interface OAuthParameters {
  readonly consumerKey: string
  /** The request or access token that is shown; empty for none. */
  readonly token: string
  readonly verifier: string
  readonly nonce: string
  readonly timestampS: number
  readonly signature: string
  readonly signatureMethod: string
  /** All that is signed, the signature itself left out. */
  readonly signed: readonly (readonly [string, string])[]
}

const hashes: Readonly<Record<string, string>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' }

/** @throws PolyvisorError unauthorized when it is no OAuth header, or lacks something */
export function parseAuthorization(header: string | undefined): OAuthParameters {
  const given = new Map<string, string>()
  if (header !== undefined && /^oauth\s/i.test(header)) {
    for (const [, name = '', value = ''] of header.slice(5).matchAll(/(?:^|[\s,])([a-z0-9_]{1,64})="([^"]*)"/gi)) {
      // Which of two counts, the signer and we might see differently.
      if (given.has(name)) throw refused(`it says ${name} twice`)
      given.set(name, decode(value))
    }
  }
  given.delete('realm')
  const need = (name: string): string => given.get(name) ?? refuse(`it lacks ${name}`)
  const nonce = need('oauth_nonce')
  const timestamp = need('oauth_timestamp')
  if (nonce === '' || nonce.length > 128 || !/^\d{1,12}$/.test(timestamp))
    throw refused('nonce or timestamp is malformed')
  if ((given.get('oauth_version') ?? '1.0') !== '1.0') throw refused('its version is not 1.0')
  const signatureMethod = need('oauth_signature_method')
  if (hashes[signatureMethod] === undefined) throw refused(`sign it by one of ${Object.keys(hashes).join(', ')}`)
  return {
    consumerKey: need('oauth_consumer_key'),
    token: given.get('oauth_token') ?? '',
    verifier: given.get('oauth_verifier') ?? '',
    nonce,
    timestampS: Number(timestamp),
    signature: need('oauth_signature'),
    signatureMethod,
    signed: [...given].filter(([name]) => name !== 'oauth_signature'),
  }
}

/** @param tokenSecret empty where no token is shown */
export function signatureOf(
  request: SignedRequest,
  { signatureMethod, signed }: Pick<OAuthParameters, 'signatureMethod' | 'signed'>,
  consumerSecret: string,
  tokenSecret: string,
): string {
  const { origin, pathname } = new URL(request.url)
  const pairs = [...request.query, ...signed].map(([name, value]) => [encode(name), encode(value)] as const)
  const parameters = pairs
    .toSorted(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
  const base = [request.method.toUpperCase(), `${origin}${pathname}`, parameters.join('&')].map(encode).join('&')
  const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`
  return createHmac(hashes[signatureMethod] ?? 'sha256', key)
    .update(base)
    .digest('base64')
}

export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** In the order of their bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refused('it holds a broken %-sequence')
  }
}

function refuse(why: string): never {
  throw refused(why)
}

/** Says what is wrong with the form alone; whose secret was wrong, it never says. */
export function refused(why: string): PolyvisorError {
  return new PolyvisorError(
    'unauthorized',
    'oauth-refused',
    `The request needs an Authorization header of OAuth 1.0a, signed for this service’s public address: ${why}.`,
  )
}
