/** The conditions of an instance list that both databases can check. */
import type { Knex } from 'knex'
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import type { InstanceQuery, StatusCondition } from '../../model/server-query.ts'

/** What its host said last; of a host that is silent nothing is known, and what it had is missing, never stopped. */
export const powerStateNow = "case when vms.power_state is null or hosts.up then vms.power_state else 'missing' end"

export function restrict(select: Knex.QueryBuilder, query: InstanceQuery): Knex.QueryBuilder {
  const equal = {
    'instances.project_id': query.projectId,
    'instances.user_id': query.userId,
    'instances.id': query.id,
    'instances.reservation_id': query.reservationId,
    'instances.task_state': query.taskState,
    'instances.image_id': query.imageId,
    'instances.key_name': query.keyName,
    'hosts.name': query.hostName,
    'instances.config_drive': query.hasConfigDrive,
  }
  for (const [column, value] of Object.entries(equal)) if (value !== undefined) select.where(column, value)
  if (query.availabilityZone !== undefined) {
    // An instance is where it asked to be, else where its host is.
    const zone =
      "coalesce(instances.availability_zone, hosts.availability_zone, case when instances.host_id is null then '' else ? end)"
    select.whereRaw(`${zone} = ?`, [defaultAvailabilityZone, query.availabilityZone])
  }
  if (query.isLocked === true) select.whereNotNull('instances.locked_by')
  if (query.isLocked === false) select.whereNull('instances.locked_by')
  if (query.vmStates !== undefined) select.whereIn('instances.vm_state', query.vmStates)
  if (query.powerStates !== undefined) {
    const marks = query.powerStates.map(() => '?').join(', ')
    select.whereRaw(`coalesce(${powerStateNow}, 'unknown') in (${marks})`, [...query.powerStates])
  }
  if (query.statuses !== undefined) restrictStatus(select, query.statuses)
  if (query.changedSinceMs !== undefined) select.where('instances.updated_at', '>=', query.changedSinceMs)
  if (query.changedBeforeMs !== undefined) select.where('instances.updated_at', '<=', query.changedBeforeMs)
  if (query.deleted === 'without') select.whereNull('instances.deleted_at')
  if (query.deleted === 'only') select.whereNotNull('instances.deleted_at')
  return select
}

function restrictStatus(select: Knex.QueryBuilder, statuses: readonly StatusCondition[]): void {
  if (statuses.length === 0) {
    select.whereRaw('1 = 0')
    return
  }
  select.where((any) => {
    for (const { vmState, tasks, notTasks } of statuses) {
      any.orWhere((all) => {
        all.where('instances.vm_state', vmState)
        if (tasks !== undefined) all.whereIn('instances.task_state', tasks)
        if (notTasks !== undefined)
          all.where((idle) => idle.whereNull('instances.task_state').orWhereNotIn('instances.task_state', notTasks))
      })
    }
  })
}
