import type { Handler } from '../handler.ts'
import { policyView } from '../views/credential.ts'

export const createPolicy: Handler<'createPolicy'> = async ({ body }, services) => {
  const { type, blob } = body.policy
  const policy = await services.identity.policies.create({ type, blob })
  return { status: 201, body: { policy: policyView(policy, services) } }
}
