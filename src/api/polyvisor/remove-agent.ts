import type { Handler } from '../handler.ts'

export const removeAgent: Handler<'removeAgent'> = async ({ params }, services) => {
  await services.agents.remove(params.agent_id)
  return { status: 204 }
}
