/**
 * Filters of a server list. Nova's rules: what only admins may filter by is silently dropped for others, but asking for
 * other projects or for deleted servers is forbidden; a status that does not exist matches nothing.
 */
import type { Microversion } from '../../contract/microversion.ts'
import { badRequest, forbidden, PolyvisorError } from '../../model/errors.ts'
import type { PowerState } from '../../model/instance-states.ts'
import type { ProjectId, UserId } from '../../model/ids.ts'
import type { InstanceQuery, StatusCondition, TagConditions } from '../../model/server-query.ts'
import { conditionsOfStatus } from '../../model/server-status.ts'
import type { AuthContext } from '../../model/token.ts'
import { linearRegExp } from '../../util/linear-regexp.ts'
import { powerStateNumbers } from '../views/server.ts'
import { projectOf } from './caller.ts'
import type { ServerListRequest } from './server-list.ts'
import { readBoolean, readChangeTimes } from './words.ts'

type Query = ServerListRequest['query']
type Filters = Omit<InstanceQuery, 'sort' | 'limit' | 'marker'>

/** Filters of Nova's that only admins may use and that we cannot serve yet. */
const unserved: readonly (keyof Query)[] = [
  'access_ip_v4',
  'access_ip_v6',
  'auto_disk_config',
  'created_at',
  'description',
  'display_description',
  'hostname',
  'kernel_id',
  'launch_index',
  'launched_at',
  'locked_by',
  'metadata',
  'not-tenant',
  'progress',
  'ramdisk_id',
  'root_device_name',
  'system_metadata',
  'terminated_at',
]

/** @throws PolyvisorError bad-request, forbidden, not-implemented */
export function readServerFilters(query: Query, auth: AuthContext, version: Microversion): Filters {
  const isAllTenants = allTenants(query, auth)
  const statuses = readStatuses(query.status, auth)
  return {
    projectId: wantedProject(query, auth, isAllTenants),
    namePattern: readPattern('name', query.name),
    reservationId: query.reservation_id,
    ...readAddresses(query, auth),
    flavorId: query.flavor === undefined ? undefined : lastPart(query.flavor),
    imageId: query.image === undefined ? undefined : lastPart(query.image),
    ...(statuses === undefined ? {} : { statuses }),
    ...readChangeTimes(query),
    ...(query.locked === undefined ? {} : { isLocked: readBoolean('locked', query.locked) }),
    ...(version >= 26 ? { tags: readTags(query) } : {}),
    deleted: wantedDeleted(query, auth),
    ...(auth.isAdmin || version >= 83 ? laterOpenFilters(query) : {}),
    ...(auth.isAdmin ? adminFilters(query) : {}),
  }
}

function adminFilters(query: Query): Partial<Filters> {
  const asked = unserved.find((key) => query[key] !== undefined)
  if (asked !== undefined) {
    throw new PolyvisorError(
      'not-implemented',
      'filter-not-built',
      `Servers cannot be filtered by ${asked} yet; leave it out.`,
    )
  }
  return { hostName: query.host ?? query.node, id: query.uuid }
}

/** For admins always, for everybody from 2.83 on. */
function laterOpenFilters(query: Query): Partial<Filters> {
  return {
    userId: query.user_id as UserId | undefined,
    availabilityZone: query.availability_zone,
    keyName: query.key_name,
    hasConfigDrive: query.config_drive === undefined ? undefined : readConfigDrive(query.config_drive),
    vmStates: query.vm_state === undefined ? undefined : [query.vm_state.toLowerCase()],
    taskState: query.task_state,
    powerStates: query.power_state === undefined ? undefined : powerStatesOf(query.power_state),
  }
}

function allTenants(query: Query, auth: AuthContext): boolean {
  if (query.all_tenants === undefined) return false
  // `?all_tenants` without a value asks for it.
  const wanted = query.all_tenants === '' || readBoolean('all_tenants', query.all_tenants)
  if (wanted && !auth.isAdmin)
    throw forbidden("Policy doesn't allow all_tenants: only admins may list other projects' servers.")
  return wanted
}

function wantedProject(query: Query, auth: AuthContext, isAllTenants: boolean): ProjectId | undefined {
  if (!isAllTenants) return projectOf(auth)
  return (query.project_id ?? query.tenant_id) as ProjectId | undefined
}

function wantedDeleted(query: Query, auth: AuthContext): Filters['deleted'] {
  const isStatusDeleted = query.status?.some((status) => status.toUpperCase() === 'DELETED') === true
  const isAsked = auth.isAdmin && query.deleted !== undefined && readBoolean('deleted', query.deleted)
  if (isAsked || isStatusDeleted) return 'only'
  return query['changes-since'] === undefined ? 'without' : 'with'
}

function readStatuses(
  statuses: readonly string[] | undefined,
  auth: AuthContext,
): readonly StatusCondition[] | undefined {
  if (statuses === undefined) return undefined
  if (!auth.isAdmin && statuses.some((status) => status.toUpperCase() === 'DELETED')) {
    throw forbidden('Only administrators may list deleted instances.')
  }
  return statuses.flatMap(conditionsOfStatus)
}

function readTags(query: Query): TagConditions | undefined {
  const split = (text: string | undefined) => text?.split(',')
  const tags = {
    all: split(query.tags),
    any: split(query['tags-any']),
    notAll: split(query['not-tags']),
    notAny: split(query['not-tags-any']),
  }
  return Object.values(tags).some((list) => list !== undefined) ? tags : undefined
}

/** Patterns of addresses are held against their beginning, as Nova does. */
function readAddresses(query: Query, auth: AuthContext): Pick<Filters, 'addresses'> {
  const exact = auth.isAdmin && query.fixed_ip !== undefined ? `${query.fixed_ip.replaceAll('.', '\\.')}$` : undefined
  const atStart = (text: string | undefined) => (text === undefined ? undefined : `^(?:${text})`)
  const v4 = readPattern('ip', atStart(exact ?? query.ip))
  const v6 = readPattern('ip6', atStart(query.ip6))
  return v4 === undefined && v6 === undefined ? {} : { addresses: { v4, v6 } }
}

function readPattern(field: string, text: string | undefined): RegExp | undefined {
  if (text === undefined || text === '') return undefined
  const pattern = linearRegExp(text)
  if (pattern !== undefined) return pattern
  throw badRequest(
    'invalid-pattern',
    `Invalid input for field/attribute ${field}: it must be a regular expression without look-around or back-references.`,
  )
}

/** A server without one shows empty text, which is also how to ask for it. */
function readConfigDrive(text: string): boolean {
  return text !== '' && readBoolean('config_drive', text)
}

function powerStatesOf(text: string): readonly PowerState[] {
  return (Object.keys(powerStateNumbers) as PowerState[]).filter((state) => String(powerStateNumbers[state]) === text)
}

/** Flavors and images may be named by their links. */
function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? reference
}
