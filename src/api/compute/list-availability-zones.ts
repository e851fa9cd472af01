import type { Handler } from '../handler.ts'
import { availabilityZonesView } from '../views/availability-zone.ts'

export const listAvailabilityZones: Handler<'listAvailabilityZones'> = async (_request, services) => ({
  status: 200,
  body: availabilityZonesView(await services.readModel.hosts(), { withHosts: false }),
})
