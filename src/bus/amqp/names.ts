/** What our things are called in RabbitMQ, and the arguments that they are declared with. */
import type { Options } from 'amqplib'

export const eventsExchange = 'polyvisor.events'
/** Where messages go that nobody can do anything with: exchange and queue. */
export const parkedName = 'polyvisor.parked'

/** The broker's own limit, for messages whose readers die before they can give up on them. Fixed: changing it needs new queues. */
const brokerDeliveryLimit = 50
const maxParked = 10_000

export function queueName(queue: string): string {
  return `polyvisor.${queue}`
}

export function groupQueueName(group: string): string {
  return `polyvisor.events.${group}`
}

/** Replicated, on disk; what it gives up is kept until the parked queue has it. */
export const workQueueArguments = {
  'x-queue-type': 'quorum',
  'x-delivery-limit': brokerDeliveryLimit,
  'x-dead-letter-exchange': parkedName,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
} as const

export const workQueue: Options.AssertQueue = { durable: true, arguments: workQueueArguments }

export const parkedQueue: Options.AssertQueue = {
  durable: true,
  arguments: { 'x-queue-type': 'quorum', 'x-max-length': maxParked },
}

/** Of a subscriber without a group: it goes with the connection. */
export const loneQueue: Options.AssertQueue = {
  exclusive: true,
  durable: false,
  autoDelete: true,
  arguments: { 'x-dead-letter-exchange': parkedName },
}
