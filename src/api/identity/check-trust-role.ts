import type { Handler } from '../handler.ts'

export const checkTrustRole: Handler<'checkTrustRole'> = async ({ auth, params }, services) => {
  await services.identity.trusts.getRole(auth, params.trust_id, params.role_id)
  return { status: 200 }
}
