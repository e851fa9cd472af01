import type { Handler } from '../handler.ts'
import { consumerView } from '../views/oauth1.ts'

export const showConsumer: Handler<'showConsumer'> = async ({ params }, services) => ({
  status: 200,
  body: { consumer: consumerView(await services.identity.consumers.get(params.consumer_id), services) },
})
