/** OpenStack's one-word status, derived from vm_state and task_state, and the way back for filters. */
import type { TaskState, VmStateName } from './instance-states.ts'
import type { StatusCondition } from './server-query.ts'

export type ServerStatus =
  'ACTIVE' | 'BUILD' | 'DELETED' | 'ERROR' | 'HARD_REBOOT' | 'PAUSED' | 'REBOOT' | 'SHUTOFF' | 'SUSPENDED'

const statusOfVmState: Readonly<Record<VmStateName, ServerStatus>> = {
  building: 'BUILD',
  active: 'ACTIVE',
  stopped: 'SHUTOFF',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  error: 'ERROR',
  deleted: 'DELETED',
}

/** Tasks that show through an active server. */
const statusOfTask: Partial<Readonly<Record<TaskState, ServerStatus>>> = {
  rebooting: 'REBOOT',
  rebooting_hard: 'HARD_REBOOT',
}

export function serverStatus(vmState: VmStateName, taskState: TaskState | null): ServerStatus {
  const shown = vmState === 'active' && taskState !== null ? statusOfTask[taskState] : undefined
  return shown ?? statusOfVmState[vmState]
}

/** What to look for when a status is asked for; empty for a word that is no status of ours. */
export function conditionsOfStatus(status: string): readonly StatusCondition[] {
  const wanted = status.toUpperCase()
  const tasks = Object.entries(statusOfTask)
  const shownTasks = tasks.filter(([, shown]) => shown === wanted).map(([task]) => task)
  if (shownTasks.length > 0) return [{ vmState: 'active', tasks: shownTasks }]
  return Object.entries(statusOfVmState)
    .filter(([, name]) => name === wanted)
    .map(([vmState]) => ({
      vmState: vmState as VmStateName,
      ...(vmState === 'active' ? { notTasks: tasks.map(([task]) => task) } : {}),
    }))
}
