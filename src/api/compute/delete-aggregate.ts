import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'

export const deleteAggregate: Handler<'deleteAggregate'> = async ({ params }, services) => {
  await services.aggregates.delete(aggregateId(params.aggregate_id))
  return { status: 200 }
}
