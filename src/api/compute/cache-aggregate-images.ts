import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { aggregateId } from '../requests/aggregate.ts'

export const cacheAggregateImages: Handler<'cacheAggregateImages'> = async ({ params }, services) => {
  const { name } = await services.aggregates.get(aggregateId(params.aggregate_id))
  const text = `The hosts of aggregate ${name} fetch an image when the first server needs it, and cannot be told to before: create a server on each.`
  throw new PolyvisorError('not-implemented', 'image-caching-not-built', text)
}
