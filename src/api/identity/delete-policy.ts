import type { Handler } from '../handler.ts'

export const deletePolicy: Handler<'deletePolicy'> = async ({ params }, services) => {
  await services.identity.policies.delete(params.policy_id)
  return { status: 204 }
}
