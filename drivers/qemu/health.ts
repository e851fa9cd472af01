/** The driver's health as its libvirt connection knows it: a first word within a second, then one per change. */
import type { Health } from '../../src/driver/capabilities.ts'
import { delay } from '../../src/util/delay.ts'
import { AsyncQueue } from '../libvirt/async-queue.ts'
import type { ConnectionStatus, LibvirtConnection } from '../libvirt/connection.ts'

const firstWordMs = 800

export async function* watchHealth(
  connection: LibvirtConnection,
  description: string,
  signal: AbortSignal,
): AsyncGenerator<Health> {
  const queue = new AsyncQueue<ConnectionStatus>(signal)
  const unsubscribe = connection.onStatus((status) => queue.push(status))
  try {
    if (connection.status.state === 'connecting') await firstStatus(connection, signal)
    else queue.push(connection.status)
    if (connection.status.state === 'connecting') queue.push(connection.status)
    let last = ''
    for await (const status of queue.items()) {
      const health = await healthOf(connection, status, description)
      const text = JSON.stringify(health)
      if (text === last) continue
      last = text
      yield health
    }
  } finally {
    unsubscribe()
  }
}

async function firstStatus(connection: LibvirtConnection, signal: AbortSignal): Promise<void> {
  const changed = new AbortController()
  const unsubscribe = connection.onStatus(() => changed.abort())
  await delay(firstWordMs, AbortSignal.any([changed.signal, signal]))
  unsubscribe()
}

async function healthOf(connection: LibvirtConnection, status: ConnectionStatus, description: string): Promise<Health> {
  if (status.state === 'connecting') return { status: 'unhealthy', message: 'libvirt is starting' }
  if (status.state === 'down') return { status: 'unhealthy', message: status.message }
  try {
    const { libvirt, hypervisor } = await connection.call('versions', {})
    const message = `QEMU ${hypervisor} by emulation, libvirt ${libvirt} (${description})`
    return { status: 'healthy', message, hypervisorVersion: hypervisor }
  } catch (error) {
    return { status: 'unhealthy', message: error instanceof Error ? error.message : String(error) }
  }
}
