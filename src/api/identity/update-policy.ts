import type { Handler } from '../handler.ts'
import { policyView } from '../views/credential.ts'

export const updatePolicy: Handler<'updatePolicy'> = async ({ params, body }, services) => {
  const { type, blob } = body.policy
  const policy = await services.identity.policies.update(params.policy_id, {
    ...(type === undefined ? {} : { type }),
    ...(blob === undefined ? {} : { blob }),
  })
  return { status: 200, body: { policy: policyView(policy, services) } }
}
