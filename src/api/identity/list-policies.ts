import type { Handler } from '../handler.ts'
import { policyView } from '../views/credential.ts'
import { listLinks } from '../views/project.ts'

export const listPolicies: Handler<'listPolicies'> = async ({ query }, services) => {
  const found = await services.identity.policies.list(query.type === undefined ? {} : { type: query.type })
  return {
    status: 200,
    body: { policies: found.map((one) => policyView(one, services)), links: listLinks('policies', services) },
  }
}
