/** libvirt's lifecycle events of our VMs as the contract's events. Foreign domains are never mentioned. */
import type { DriverEvent } from '../../src/driver/driver.ts'
import { AsyncQueue } from '../local/async-queue.ts'
import { stoppedDetail } from '../libvirt/constants.ts'
import type { DomainEvent } from '../libvirt/protocol.ts'
import type { QemuHost } from './host.ts'
import { findVm } from './vm-record.ts'

export async function* watchEvents(host: QemuHost, signal: AbortSignal): AsyncGenerator<DriverEvent> {
  const queue = new AsyncQueue<DomainEvent>(signal)
  const unsubscribe = host.connection.onEvent((event) => queue.push(event))
  try {
    for await (const event of queue.items()) {
      if (!(await isOurs(host, event))) continue
      if (event.kind === 'undefined') host.ours.delete(event.uuid)
      yield { instanceId: event.uuid, kind: kindOf(event) }
    }
  } finally {
    unsubscribe()
  }
}

async function isOurs(host: QemuHost, event: DomainEvent): Promise<boolean> {
  if (host.ours.has(event.uuid)) return true
  // An unreachable libvirt says nothing about whose it was; the agent polls after such a break anyway.
  const found = await findVm(host, event.uuid).catch(() => undefined)
  return found?.kind === 'ours'
}

function kindOf(event: DomainEvent): DriverEvent['kind'] {
  switch (event.kind) {
    case 'started':
    case 'resumed':
    case 'crashed':
    case 'defined':
    case 'undefined':
      return event.kind
    case 'suspended':
    case 'pmsuspended':
      return 'paused'
    case 'stopped':
      return event.detail === stoppedDetail.crashed ? 'crashed' : 'stopped'
    case 'shutdown':
    case 'rebooted':
      return 'other'
  }
}
