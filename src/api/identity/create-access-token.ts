import type { Handler } from '../handler.ts'
import { oauthAnswer } from './oauth-answer.ts'
import { signedRequest } from './signed-request.ts'

export const createAccessToken: Handler<'createAccessToken'> = async (request, services) =>
  oauthAnswer(await services.identity.delegations.exchange(signedRequest(request, services)))
