import type { Handler } from '../handler.ts'
import { consumerView } from '../views/oauth1.ts'

export const updateConsumer: Handler<'updateConsumer'> = async ({ params, body }, services) => {
  const { consumers } = services.identity
  const { description } = body.consumer
  const id = params.consumer_id
  const consumer = await (description === undefined ? consumers.get(id) : consumers.update(id, description))
  return { status: 200, body: { consumer: consumerView(consumer, services) } }
}
