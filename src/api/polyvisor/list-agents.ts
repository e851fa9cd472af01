import type { Handler } from '../handler.ts'
import { agentView } from '../views/agent.ts'

export const listAgents: Handler<'listAgents'> = async (_request, services) => ({
  status: 200,
  body: { agents: (await services.agents.list()).map(agentView) },
})
