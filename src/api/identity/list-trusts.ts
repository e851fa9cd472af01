import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { trustSummaryView } from '../views/trust.ts'

export const listTrusts: Handler<'listTrusts'> = async ({ auth, query }, services) => {
  const { trustor_user_id: trustorId, trustee_user_id: trusteeId } = query
  const filter = {
    ...(trustorId === undefined ? {} : { trustorId }),
    ...(trusteeId === undefined ? {} : { trusteeId }),
  }
  const found = await services.identity.trusts.list(auth, filter)
  return {
    status: 200,
    body: {
      trusts: found.map((one) => trustSummaryView(one, services)),
      links: listLinks('OS-TRUST/trusts', services),
    },
  }
}
