import { after, before } from 'node:test'
import { rabbitmqMissing, RabbitmqServer } from '../support/rabbitmq-server.ts'
import { makeAmqpStage } from './amqp-stage.ts'
import { busRules } from './bus-rules.ts'

let server: RabbitmqServer

before(async () => {
  if (rabbitmqMissing === false) server = await RabbitmqServer.start()
})
after(async () => server?.close())

busRules(() => makeAmqpStage(server), rabbitmqMissing)
