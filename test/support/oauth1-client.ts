/** A consumer's side of OAuth 1.0a: headers that sign a POST without a query. */
import { randomUUID } from 'node:crypto'
import { signatureOf } from '../../src/identity/oauth1/signature.ts'

export interface Key {
  readonly id: string
  readonly secret: string
}

export interface Signing {
  readonly consumer: Key
  readonly token?: Key
  readonly verifier?: string
  readonly timestampS?: number
  readonly nonce?: string
}

/** @param url as the client knows it @returns the header Authorization */
export function signPost(
  url: string,
  { consumer, token, verifier, timestampS, nonce = randomUUID() }: Signing,
): string {
  const signed: [string, string][] = [
    ['oauth_consumer_key', consumer.id],
    ['oauth_nonce', nonce],
    ['oauth_timestamp', String(timestampS ?? Math.floor(Date.now() / 1000))],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ...(token === undefined ? [] : [['oauth_token', token.id] satisfies [string, string]]),
    ...(verifier === undefined ? [] : [['oauth_verifier', verifier] satisfies [string, string]]),
  ]
  const request = { method: 'POST', url, query: [], authorization: undefined }
  const signature = signatureOf(request, { signatureMethod: 'HMAC-SHA1', signed }, consumer.secret, token?.secret ?? '')
  const words = [...signed, ['oauth_signature', signature]]
  return `OAuth ${words.map(([name, value]) => `${name}="${encodeURIComponent(value ?? '')}"`).join(', ')}`
}

/** What a new token's answer says. */
export function readKey(answer: string): Key {
  const said = new URLSearchParams(answer)
  return { id: said.get('oauth_token') ?? '', secret: said.get('oauth_token_secret') ?? '' }
}
