/** A group's policy as each microversion writes it. */
import { badRequest } from '../../model/errors.ts'
import type { ServerGroup, ServerGroupPolicy } from '../../model/server-group.ts'
import type { ApiRequest } from '../handler.ts'
import { readAmount } from './words.ts'

type Body = ApiRequest<'createServerGroup'>['body']

/** @throws PolyvisorError bad-request */
export function readServerGroup(body: Body): Pick<ServerGroup, 'name' | 'policy' | 'maxServerPerHost'> {
  const { name, policy: word, policies = [], rules = {} } = body.server_group
  const policy = (word ?? policies[0]) as ServerGroupPolicy | undefined
  if (policy === undefined)
    throw badRequest('policies-missing', "Invalid input for field/attribute server_group: 'policies' is required.")
  const most = rules.max_server_per_host
  if (most !== undefined && policy !== 'anti-affinity')
    throw badRequest('rules-without-use', 'Only anti-affinity policy supports rules.')
  return {
    name,
    policy,
    maxServerPerHost: most === undefined ? null : readAmount('rules.max_server_per_host', most, 1),
  }
}
