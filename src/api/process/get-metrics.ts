import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const getMetrics: Handler<'getMetrics'> = async (_request, { metrics }) => {
  if (metrics === undefined)
    throw new PolyvisorError(
      'not-found',
      'metrics-not-here',
      'Metrics are not shown here: the setting `metrics` is off, or names an address of their own.',
    )
  const { contentType, text } = await metrics()
  return { status: 200, headers: { 'content-type': contentType }, body: text }
}
