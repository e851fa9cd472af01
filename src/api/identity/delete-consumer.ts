import type { Handler } from '../handler.ts'

export const deleteConsumer: Handler<'deleteConsumer'> = async ({ params }, services) => {
  await services.identity.consumers.delete(params.consumer_id)
  return { status: 204 }
}
