import type { Handler } from '../handler.ts'
import { aggregateView } from '../views/aggregate.ts'

export const listAggregates: Handler<'listAggregates'> = async ({ microversion }, services) => {
  const aggregates = await services.aggregates.list()
  return { status: 200, body: { aggregates: aggregates.map((one) => aggregateView(one, microversion)) } }
}
