/** What all of us stand on at the broker: the events exchange, and where parked messages lie. Declared on every connection. */
import type { ChannelModel } from 'amqplib'
import { explainChannelError } from './amqp-error.ts'
import { eventsExchange, parkedName, parkedQueue } from './names.ts'

/** @throws BusError when there is something else under our names, or we may not declare */
export async function declareCommon(model: ChannelModel): Promise<void> {
  const channel = await model.createChannel()
  // The refusal also rejects the call below.
  channel.on('error', () => {})
  try {
    await channel.assertExchange(eventsExchange, 'topic', { durable: true })
    await channel.assertExchange(parkedName, 'fanout', { durable: true })
    await channel.assertQueue(parkedName, parkedQueue)
    await channel.bindQueue(parkedName, parkedName, '')
  } catch (error) {
    throw explainChannelError(`declaring ${eventsExchange} and ${parkedName}`, error)
  }
  await channel.close()
}
