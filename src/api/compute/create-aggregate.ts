import type { Handler } from '../handler.ts'
import { newAggregateView } from '../views/aggregate.ts'

export const createAggregate: Handler<'createAggregate'> = async ({ body, microversion }, services) => {
  const { name, availability_zone: zone = null } = body.aggregate
  const aggregate = await services.aggregates.create(name, zone)
  return { status: 200, body: { aggregate: newAggregateView(aggregate, microversion) } }
}
