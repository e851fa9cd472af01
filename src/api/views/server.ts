/** Instances as Nova shows servers: which keys exist depends on the microversion and on who asks. */
import { createHash } from 'node:crypto'
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { PowerState } from '../../model/instance-states.ts'
import { hostNameOf } from '../../model/hostname.ts'
import type { Instance } from '../../model/instance.ts'
import { serverStatus } from '../../model/server-status.ts'
import type { InstanceSummary } from '../../store/read-model.ts'
import { embeddedFlavorView } from './flavor.ts'
import { addressesView, detailedAddressesView } from './network.ts'
import { bookmarkLink, resourceLinks, type LinkBase } from './links.ts'
import { adminServerKeys } from './server-admin.ts'
import { toNaive, toSeconds } from './times.ts'

type Schemas = components['schemas']
type ServerView = Schemas['Server']

export interface ServerViewer extends LinkBase {
  readonly version: Microversion
  readonly isAdmin: boolean
}

export function serverSummaryView({ instance }: InstanceSummary, base: LinkBase): Schemas['ServerSummary'] {
  return { id: instance.id, name: instance.name, links: resourceLinks(base, 'servers', instance.id) }
}

/** @param groups names of its security groups */
export function serverView(summary: InstanceSummary, viewer: ServerViewer, groups: readonly string[]): ServerView {
  const { instance, powerState } = summary
  return {
    ...coreKeys(summary, viewer),
    addresses: detailedAddressesView(instance.nics),
    'OS-EXT-AZ:availability_zone': instance.availabilityZone ?? summary.host?.zone ?? '',
    config_drive: instance.configDrive ? 'True' : '',
    key_name: instance.keyName,
    'OS-SRV-USG:launched_at': naiveOrNull(instance.launchedAtMs),
    'OS-SRV-USG:terminated_at': naiveOrNull(instance.terminatedAtMs),
    'OS-EXT-STS:vm_state': instance.vmState,
    'OS-EXT-STS:task_state': instance.taskState,
    'OS-EXT-STS:power_state': powerStateNumber(powerState),
    'os-extended-volumes:volumes_attached': [],
    ...(groups.length === 0 ? {} : { security_groups: groups.map((name) => ({ name })) }),
    ...(viewer.isAdmin ? adminServerKeys(summary, viewer.version) : {}),
    ...(viewer.version >= 90 ? { 'OS-EXT-SRV-ATTR:hostname': hostNameOf(instance) } : {}),
  }
}

/** GET /servers/{id}: from 2.71 on it also names the server's groups. */
export function serverDetailView(
  summary: InstanceSummary,
  viewer: ServerViewer,
  groups: readonly string[],
): Schemas['ServerDocument']['server'] {
  const { instance } = summary
  return {
    ...serverView(summary, viewer, groups),
    ...(viewer.version >= 71 ? { server_groups: serverGroupsOf(instance) } : {}),
  }
}

/** The answer to an update: only from 2.75 on the whole server. */
export function updatedServerView(
  summary: InstanceSummary,
  viewer: ServerViewer,
  groups: readonly string[],
): Schemas['UpdatedServerDocument']['server'] {
  if (viewer.version >= 75) return serverDetailView(summary, viewer, groups)
  const { instance } = summary
  return { ...coreKeys(summary, viewer), ...(viewer.version >= 71 ? { server_groups: serverGroupsOf(instance) } : {}) }
}

/** The answer to a rebuild: as to an update, with what may have changed beside. */
export function rebuiltServerView(
  summary: InstanceSummary,
  viewer: ServerViewer,
  groups: readonly string[],
  adminPass: string,
): Schemas['RebuiltServerDocument']['server'] {
  const { instance } = summary
  const { 'OS-EXT-SRV-ATTR:user_data': _forAdmins, ...server }: Partial<Omit<ServerView, 'addresses'>> =
    updatedServerView(summary, viewer, groups)
  return {
    ...(server as Schemas['RebuiltServerDocument']['server']),
    adminPass,
    ...(viewer.version >= 54 ? { key_name: instance.keyName } : {}),
    ...(viewer.version >= 57 ? { user_data: instance.userData } : {}),
  }
}

function coreKeys(summary: InstanceSummary, viewer: ServerViewer): Schemas['UpdatedServer'] {
  const { instance } = summary
  const { version } = viewer
  const status = serverStatus(instance.vmState, instance.taskState)
  const attributes = instance.attributes ?? {}
  return {
    ...serverSummaryView(summary, viewer),
    status,
    tenant_id: instance.projectId,
    user_id: instance.userId,
    metadata: { ...instance.metadata },
    hostId: hostIdFor(instance),
    image: imageKey(instance, viewer),
    flavor: flavorKey(instance, viewer),
    created: toSeconds(instance.createdAtMs),
    updated: toSeconds(instance.updatedAtMs),
    addresses: addressesView(instance.nics),
    accessIPv4: attributes.accessIpV4 ?? '',
    accessIPv6: attributes.accessIpV6 ?? '',
    'OS-DCF:diskConfig': attributes.diskConfig ?? 'MANUAL',
    ...(status === 'ACTIVE' || status === 'BUILD' ? { progress: 0 } : {}),
    ...(status === 'ERROR' || status === 'DELETED' ? faultKey(instance, viewer) : {}),
    ...(version >= 9 ? { locked: instance.lock !== null } : {}),
    ...(version >= 19 ? { description: instance.description } : {}),
    ...(version >= 26 ? { tags: [...(attributes.tags ?? [])] } : {}),
    ...(version >= 63 ? { trusted_image_certificates: null } : {}),
    ...(version >= 73 ? { locked_reason: instance.lock?.reason ?? null } : {}),
  }
}

/** Tells a tenant which of its servers share a host, and nobody which host that is. */
export function hostIdFor({ projectId, hostId }: Pick<Instance, 'projectId' | 'hostId'>): string {
  return hostId === null ? '' : createHash('sha224').update(projectId).update(hostId).digest('hex')
}

function serverGroupsOf({ serverGroupId }: Instance): string[] {
  return serverGroupId === null ? [] : [serverGroupId]
}

function imageKey({ imageId }: Instance, viewer: ServerViewer): ServerView['image'] {
  return imageId === null ? '' : { id: imageId, links: [bookmarkLink(viewer, 'images', imageId)] }
}

function flavorKey({ flavor }: Instance, viewer: ServerViewer): ServerView['flavor'] {
  if (viewer.version >= 47) return embeddedFlavorView(flavor)
  return { id: flavor.id, links: [bookmarkLink(viewer, 'flavors', flavor.id)] }
}

function faultKey({ fault }: Instance, { isAdmin }: ServerViewer): { fault?: Schemas['ServerFault'] } {
  if (fault === null) return {}
  const { code, message, details, createdAtMs } = fault
  return {
    fault: { code, created: toSeconds(createdAtMs), message, ...(isAdmin && details !== '' ? { details } : {}) },
  }
}

function powerStateNumber(state: PowerState | null): ServerView['OS-EXT-STS:power_state'] {
  return state === null ? 0 : powerStateNumbers[state]
}

/** Nova's numbers; `missing` is no power state of its own there. */
export const powerStateNumbers: Readonly<Record<PowerState, ServerView['OS-EXT-STS:power_state']>> = {
  unknown: 0,
  missing: 0,
  on: 1,
  paused: 3,
  off: 4,
  crashed: 6,
  suspended: 7,
}

function naiveOrNull(ms: number | null): string | null {
  return ms === null ? null : toNaive(ms)
}
