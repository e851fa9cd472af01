import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'
import { aggregateView } from '../views/aggregate.ts'

export const removeAggregateHost: Handler<'removeAggregateHost'> = async ({ params, body, microversion }, services) => {
  const aggregate = await services.aggregates.removeHost(aggregateId(params.aggregate_id), body.remove_host.host)
  return { status: 200, body: { aggregate: aggregateView(aggregate, microversion) } }
}
