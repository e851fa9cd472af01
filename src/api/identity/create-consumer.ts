import type { Handler } from '../handler.ts'
import { consumerView } from '../views/oauth1.ts'

export const createConsumer: Handler<'createConsumer'> = async ({ body }, services) => {
  const { made, secret } = await services.identity.consumers.create(body.consumer.description ?? null)
  return { status: 201, body: { consumer: { ...consumerView(made, services), secret } } }
}
