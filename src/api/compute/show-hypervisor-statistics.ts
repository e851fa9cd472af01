import type { Handler } from '../handler.ts'
import { statisticsView } from '../views/hypervisor.ts'

export const showHypervisorStatistics: Handler<'showHypervisorStatistics'> = async (_request, services) => ({
  status: 200,
  body: { hypervisor_statistics: statisticsView(await services.readModel.hosts()) },
})
