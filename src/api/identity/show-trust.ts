import type { Handler } from '../handler.ts'
import { trustView } from '../views/trust.ts'

export const showTrust: Handler<'showTrust'> = async ({ auth, params }, services) => ({
  status: 200,
  body: { trust: trustView(await services.identity.trusts.get(auth, params.trust_id), services) },
})
