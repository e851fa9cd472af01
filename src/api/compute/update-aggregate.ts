import { zoneKey } from '../../model/aggregate.ts'
import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'
import { aggregateView } from '../views/aggregate.ts'

export const updateAggregate: Handler<'updateAggregate'> = async ({ params, body, microversion }, services) => {
  const { name, availability_zone: zone } = body.aggregate
  const aggregate = await services.aggregates.update(aggregateId(params.aggregate_id), {
    ...(name === undefined ? {} : { name }),
    ...(zone === undefined ? {} : { metadata: { [zoneKey]: zone } }),
  })
  return { status: 200, body: { aggregate: aggregateView(aggregate, microversion) } }
}
