import type { Handler } from '../handler.ts'
import { hostView } from '../views/host.ts'

export const listHosts: Handler<'listHosts'> = async (_request, services) => ({
  status: 200,
  body: { hosts: (await services.readModel.hosts()).map(hostView) },
})
