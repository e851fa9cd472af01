import type { Handler } from '../handler.ts'

export const deleteTrust: Handler<'deleteTrust'> = async ({ auth, params }, services) => {
  await services.identity.trusts.delete(auth, params.trust_id)
  return { status: 204 }
}
