/** A vhost of its own on a broker, and buses in it. */
import { parseAmqpUrl } from '../../src/bus/amqp/address.ts'
import { AmqpBus, type AmqpBusOptions } from '../../src/bus/amqp/amqp-bus.ts'
import type { BusObserver } from '../../src/bus/observer.ts'
import type { Json } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'
import type { RabbitmqServer } from '../support/rabbitmq-server.ts'
import { quickRedelivery, type BusStage } from './bus-rules.ts'

export interface AmqpStage extends BusStage {
  readonly vhost: string
  open(observer?: BusObserver, options?: Partial<AmqpBusOptions>): Promise<AmqpBus>
}

export async function makeAmqpStage(server: RabbitmqServer, vhost?: string): Promise<AmqpStage> {
  const name = vhost ?? (await server.makeVhost())
  const buses: AmqpBus[] = []
  const open = async (observer?: BusObserver, options: Partial<AmqpBusOptions> = {}): Promise<AmqpBus> => {
    const address = parseAmqpUrl(server.url(name))
    const bus = await AmqpBus.open({ address, redelivery: quickRedelivery, ...options }, silentLogger, observer)
    buses.push(bus)
    return bus
  }
  const parked = async (): Promise<readonly Json[]> => {
    const path = `/api/queues/${encodeURIComponent(name)}/polyvisor.parked/get`
    const request = { count: 100, ackmode: 'ack_requeue_true', encoding: 'auto' }
    const messages = (await server.manage('POST', path, request)) as readonly { readonly payload: string }[]
    return messages.map(({ payload }) => JSON.parse(payload) as Json)
  }
  const close = async (): Promise<void> => {
    await Promise.all(buses.map((bus) => bus.close()))
    if (vhost === undefined) await server.manage('DELETE', `/api/vhosts/${name}`)
  }
  return { vhost: name, open, parked, close }
}
