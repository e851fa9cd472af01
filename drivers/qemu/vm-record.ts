/** What libvirt says about a VM of ours. A domain without our mark, or with the mark of another node, is foreign. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DriverPower, VmHandle, VmState } from '../../src/driver/vm-spec.ts'
import { domainState, pausedReason, shutOffReason } from '../libvirt/constants.ts'
import type { Mark } from '../libvirt/mark.ts'
import { bareMarkElement, markNamespace, markPrefix, parseMark } from '../libvirt/mark.ts'
import type { DomainSummary } from '../libvirt/protocol.ts'
import { serializeXml } from '../libvirt/xml-element.ts'
import type { QemuHost } from './host.ts'

export const handleVersion = 1

export interface VmRecord {
  readonly domain: DomainSummary
  readonly mark: Mark
}

export type Found = { readonly kind: 'absent' } | { readonly kind: 'foreign' } | ({ readonly kind: 'ours' } & VmRecord)

export function domainNameOf(instanceId: string): string {
  return `polyvisor-${instanceId}`
}

export function handleOf(instanceId: string): VmHandle {
  return { version: handleVersion, data: { domain: domainNameOf(instanceId) } }
}

/** The record of a domain of ours, `building` while it is coming; undefined for foreign ones. */
export function recordOf(domain: DomainSummary, nodeId: string): VmRecord | undefined {
  const mark = domain.metadata === null ? null : parseMark(domain.metadata)
  const isOurs = mark !== null && mark.instanceId === domain.uuid && mark.nodeId === nodeId
  if (!isOurs) return undefined
  const isComing = mark.state === 'ready' && mark.arrivesAs !== undefined && isOnItsWay(domain)
  return { domain, mark: isComing ? { ...mark, state: 'building' } : mark }
}

/** Libvirt itself holds a guest that comes from another host until it has switched over, and ends one that does not come after all. */
function isOnItsWay({ state, reason }: DomainSummary): boolean {
  if (state === domainState.shuttingDown) return true
  return state === domainState.paused && (reason === pausedReason.migration || reason === pausedReason.startingUp)
}

export async function findVm(host: QemuHost, instanceId: string): Promise<Found> {
  const domain = await host.connection.call('lookup', { uuid: instanceId, metadataUri: markNamespace })
  if (domain === null) return { kind: 'absent' }
  const record = recordOf(domain, host.nodeId)
  if (record === undefined) return { kind: 'foreign' }
  host.ours.add(instanceId)
  return { kind: 'ours', ...record }
}

/** @throws DriverError NOT_FOUND for absent and for foreign ones */
export async function requireVm(host: QemuHost, instanceId: string): Promise<VmRecord> {
  const found = await findVm(host, instanceId)
  if (found.kind === 'ours') return found
  throw new DriverError('NOT_FOUND', 'The virtual machine is not on this host.', { effect: 'none' })
}

export async function writeMark({ connection }: Pick<QemuHost, 'connection'>, mark: Mark): Promise<void> {
  const xml = serializeXml(bareMarkElement(mark))
  const write = (): Promise<unknown> =>
    connection.call('setMetadata', { uuid: mark.instanceId, uri: markNamespace, prefix: markPrefix, xml })
  await write().catch(async (error: unknown) => {
    // It ended after it was seen to run and before it was written to; its stored definition is still to be written.
    if (!(error instanceof DriverError) || error.code !== 'WRONG_STATE') throw error
    await write()
  })
}

export function stateOf({ domain, mark }: VmRecord): VmState {
  return {
    instanceId: mark.instanceId,
    nodeId: mark.nodeId,
    name: mark.name,
    power: mark.state === 'ready' ? powerOf(domain) : 'building',
    handle: handleOf(mark.instanceId),
  }
}

export function powerOf(domain: DomainSummary): DriverPower {
  switch (domain.state) {
    case domainState.running:
    case domainState.blocked:
    case domainState.shuttingDown:
      return 'on'
    case domainState.paused:
      return domain.reason === pausedReason.crashed ? 'crashed' : 'paused'
    case domainState.pmSuspended:
      return 'paused'
    case domainState.crashed:
      return 'crashed'
    default:
      if (domain.hasManagedSave) return 'suspended'
      return domain.state === domainState.shutOff && domain.reason === shutOffReason.crashed ? 'crashed' : 'off'
  }
}

/** Whether QEMU runs for it, whatever its guest does. */
export function isActive(domain: DomainSummary): boolean {
  return domain.state !== domainState.shutOff && domain.state !== domainState.noState
}
