import type { RequestToken, WithSecret } from '../../model/oauth1.ts'
import { keystoneTime } from '../views/keystone-time.ts'

/** A new token as OAuth 1.0a answers: not in JSON. */
export function oauthAnswer({ made, secret }: WithSecret<RequestToken>) {
  const body = new URLSearchParams({
    oauth_token: made.id,
    oauth_token_secret: secret,
    oauth_expires_at: keystoneTime(made.expiresAtMs),
  }).toString()
  return { status: 201, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body } as const
}
