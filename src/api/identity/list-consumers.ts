import type { Handler } from '../handler.ts'
import { consumerView } from '../views/oauth1.ts'
import { listLinks } from '../views/project.ts'

export const listConsumers: Handler<'listConsumers'> = async (_request, services) => {
  const found = await services.identity.consumers.list()
  return {
    status: 200,
    body: {
      consumers: found.map((one) => consumerView(one, services)),
      links: listLinks('OS-OAUTH1/consumers', services),
    },
  }
}
