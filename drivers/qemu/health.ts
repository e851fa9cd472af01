/** The driver's health as its libvirt connection knows it: a first word within a second, then one per change. */
import type { Health } from '../../src/driver/capabilities.ts'
import { delay } from '../../src/util/delay.ts'
import { AsyncQueue } from '../local/async-queue.ts'
import type { ConnectionStatus, LibvirtConnection } from '../libvirt/connection.ts'
import { usesKvm } from './accelerator.ts'
import type { QemuHost } from './host.ts'
import { describeKvm } from './kvm-proof.ts'

const firstWordMs = 800

/** Has KVM probed as soon as the hypervisor's version is known; the finding is a change like others. */
export async function* watchHealth(host: QemuHost, description: string, signal: AbortSignal): AsyncGenerator<Health> {
  const { connection, kvm, shared } = host
  const queue = new AsyncQueue<ConnectionStatus>(signal)
  const unsubscribe = connection.onStatus((status) => queue.push(status))
  const unsubscribeKvm = kvm.onChange(() => queue.push(connection.status))
  const unsubscribeShared = shared?.onChange(() => queue.push(connection.status))
  try {
    const soon = delay(firstWordMs, signal)
    const looked = Promise.race([shared?.look(), soon])
    if (connection.status.state === 'connecting') await firstStatus(connection, signal)
    await looked
    queue.push(connection.status)
    let last = ''
    for await (const status of queue.items()) {
      const health = await healthOf(host, status, description)
      const text = JSON.stringify(health)
      if (text === last) continue
      last = text
      yield health
    }
  } finally {
    unsubscribe()
    unsubscribeKvm()
    unsubscribeShared?.()
  }
}

async function firstStatus(connection: LibvirtConnection, signal: AbortSignal): Promise<void> {
  const changed = new AbortController()
  const unsubscribe = connection.onStatus(() => changed.abort())
  await delay(firstWordMs, AbortSignal.any([changed.signal, signal]))
  unsubscribe()
}

async function healthOf(host: QemuHost, status: ConnectionStatus, description: string): Promise<Health> {
  const { connection, config, kvm, shared } = host
  if (status.state === 'connecting') return { status: 'starting', message: 'libvirt is starting' }
  if (status.state === 'down') return { status: 'unhealthy', message: status.message }
  if (shared?.problem !== undefined) return { status: 'unhealthy', message: shared.problem }
  try {
    const { libvirt, hypervisor } = await connection.call('versions', {})
    await kvm.begin(hypervisor)
    const how = usesKvm(config, kvm.finding) ? 'on KVM' : 'by emulation'
    const message = `QEMU ${hypervisor} ${how}, libvirt ${libvirt} (${description}); ${describeKvm(kvm.finding)}`
    return { status: 'healthy', message, hypervisorVersion: hypervisor }
  } catch (error) {
    return { status: 'unhealthy', message: error instanceof Error ? error.message : String(error) }
  }
}
