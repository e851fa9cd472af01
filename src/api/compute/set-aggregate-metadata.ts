import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'
import { aggregateView } from '../views/aggregate.ts'

export const setAggregateMetadata: Handler<'setAggregateMetadata'> = async (
  { params, body, microversion },
  services,
) => {
  const aggregate = await services.aggregates.update(aggregateId(params.aggregate_id), body.set_metadata)
  return { status: 200, body: { aggregate: aggregateView(aggregate, microversion) } }
}
