import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { oauthAnswer } from './oauth-answer.ts'
import { signedRequest } from './signed-request.ts'

export const createRequestToken: Handler<'createRequestToken'> = async (request, services) => {
  const projectId = request.headers['requested-project-id']
  if (typeof projectId !== 'string' || projectId === '')
    throw badRequest('project-missing', 'Name the project that the consumer wants in the header Requested-Project-Id.')
  return oauthAnswer(await services.identity.delegations.request(signedRequest(request, services), projectId))
}
