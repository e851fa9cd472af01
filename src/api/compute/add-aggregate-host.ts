import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'
import { aggregateView } from '../views/aggregate.ts'

export const addAggregateHost: Handler<'addAggregateHost'> = async ({ params, body, microversion }, services) => {
  const aggregate = await services.aggregates.addHost(aggregateId(params.aggregate_id), body.add_host.host)
  return { status: 200, body: { aggregate: aggregateView(aggregate, microversion) } }
}
