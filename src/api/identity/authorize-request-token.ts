import type { Handler } from '../handler.ts'

export const authorizeRequestToken: Handler<'authorizeRequestToken'> = async ({ auth, params, body }, services) => {
  const verifier = await services.identity.delegations.authorise(auth, params.request_token_id, body.roles)
  return { status: 200, body: { token: { oauth_verifier: verifier } } }
}
