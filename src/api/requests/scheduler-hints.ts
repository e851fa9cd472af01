/** Hints to the scheduler: those that are not honoured are refused by name, never dropped. */
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import { isUuid } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'
import type { CreateInstance } from '../../operations/instance-service-types.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { projectOf } from './caller.ts'

type Body = Pick<ApiRequest<'createServer'>['body'], 'os:scheduler_hints' | 'OS-SCH-HNT:scheduler_hints'>

/** @throws PolyvisorError bad-request, not-implemented */
export async function readHints(
  body: Body,
  auth: AuthContext,
  services: Services,
): Promise<Pick<CreateInstance, 'serverGroupId' | 'hints'>> {
  const given: Readonly<Record<string, unknown>> = {
    ...body['OS-SCH-HNT:scheduler_hints'],
    ...body['os:scheduler_hints'],
  }
  const { group, same_host: sameHost, different_host: differentHost, ...others } = given
  const [other] = Object.keys(others)
  if (other !== undefined)
    throw new PolyvisorError('not-implemented', 'hint-not-built', `The hint ${other} is not built; leave it out.`)
  return {
    ...(group === undefined ? {} : { serverGroupId: await readGroup(group, auth, services) }),
    hints: {
      ...(sameHost === undefined ? {} : { sameHost: readIds('same_host', sameHost) }),
      ...(differentHost === undefined ? {} : { differentHost: readIds('different_host', differentHost) }),
    },
  }
}

async function readGroup(given: unknown, auth: AuthContext, services: Services): Promise<string> {
  if (typeof given !== 'string' || !isUuid(given)) throw badRequest('invalid-hint', 'The hint group must be a uuid.')
  const owner = { projectId: projectOf(auth), isAdmin: false }
  try {
    return (await services.serverGroups.get(given, owner)).id
  } catch (error) {
    if (!(error instanceof PolyvisorError)) throw error
    throw badRequest('server-group-not-found', `Instance group ${given} could not be found.`)
  }
}

function readIds(hint: string, given: unknown): readonly string[] {
  const ids: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (ids.every((id): id is string => typeof id === 'string' && isUuid(id)) && ids.length <= 100) return ids
  throw badRequest('invalid-hint', `The hint ${hint} must be the uuid of a server, or a list of up to 100.`)
}
