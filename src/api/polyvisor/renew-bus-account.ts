import type { Handler } from '../handler.ts'

export const renewBusAccount: Handler<'renewBusAccount'> = async ({ auth }, services) => ({
  status: 200,
  body: { bus: await services.agents.renewBusAccount(auth.agentId) },
})
