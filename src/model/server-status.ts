/** OpenStack's one-word status, derived from vm_state and task_state, and the way back for filters. */
import type { TaskState, VmStateName } from './instance-states.ts'
import type { StatusCondition } from './server-query.ts'

const statusOfVmState = {
  building: 'BUILD',
  active: 'ACTIVE',
  stopped: 'SHUTOFF',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  resized: 'VERIFY_RESIZE',
  rescued: 'RESCUE',
  shelved: 'SHELVED',
  shelved_offloaded: 'SHELVED_OFFLOADED',
  error: 'ERROR',
  deleted: 'DELETED',
} as const satisfies Readonly<Record<VmStateName, string>>

/** Tasks that show through the state. */
const shownTasks = [
  { vmState: 'active', task: 'rebooting', status: 'REBOOT' },
  { vmState: 'active', task: 'rebooting_hard', status: 'HARD_REBOOT' },
  { vmState: 'active', task: 'rebuilding', status: 'REBUILD' },
  { vmState: 'stopped', task: 'rebuilding', status: 'REBUILD' },
  { vmState: 'error', task: 'rebuilding', status: 'REBUILD' },
  { vmState: 'active', task: 'resize_prep', status: 'RESIZE' },
  { vmState: 'stopped', task: 'resize_prep', status: 'RESIZE' },
  { vmState: 'active', task: 'resize_migrating', status: 'RESIZE' },
  { vmState: 'stopped', task: 'resize_migrating', status: 'RESIZE' },
  { vmState: 'active', task: 'resize_finish', status: 'RESIZE' },
  { vmState: 'stopped', task: 'resize_finish', status: 'RESIZE' },
  { vmState: 'active', task: 'migrating', status: 'MIGRATING' },
  { vmState: 'paused', task: 'migrating', status: 'MIGRATING' },
  { vmState: 'resized', task: 'resize_reverting', status: 'REVERT_RESIZE' },
] as const satisfies readonly { vmState: VmStateName; task: TaskState; status: string }[]

export type ServerStatus =
  (typeof statusOfVmState)[keyof typeof statusOfVmState] | (typeof shownTasks)[number]['status']

export function serverStatus(vmState: VmStateName, taskState: TaskState | null): ServerStatus {
  const shown = shownTasks.find((known) => known.vmState === vmState && known.task === taskState)
  return shown?.status ?? statusOfVmState[vmState]
}

/** What to look for when a status is asked for; empty for a word that is no status of ours. */
export function conditionsOfStatus(status: string): readonly StatusCondition[] {
  const wanted = status.toUpperCase()
  const shown = shownTasks
    .filter((known) => known.status === wanted)
    .map(({ vmState, task }) => ({ vmState, tasks: [task] }))
  const plain = Object.entries(statusOfVmState)
    .filter(([, name]) => name === wanted)
    .map(([name]) => {
      const vmState = name as VmStateName
      const notTasks = shownTasks.filter((known) => known.vmState === vmState).map(({ task }) => task)
      return { vmState, ...(notTasks.length === 0 ? {} : { notTasks }) }
    })
  return [...shown, ...plain]
}
