import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'
import { aggregateView } from '../views/aggregate.ts'

export const showAggregate: Handler<'showAggregate'> = async ({ params, microversion }, services) => {
  const aggregate = await services.aggregates.get(aggregateId(params.aggregate_id))
  return { status: 200, body: { aggregate: aggregateView(aggregate, microversion) } }
}
