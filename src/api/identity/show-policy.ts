import type { Handler } from '../handler.ts'
import { policyView } from '../views/credential.ts'

export const showPolicy: Handler<'showPolicy'> = async ({ params }, services) => ({
  status: 200,
  body: { policy: policyView(await services.identity.policies.get(params.policy_id), services) },
})
