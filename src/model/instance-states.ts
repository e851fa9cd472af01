/**
 * The three orthogonal facts about an instance, and the table of what may be done when.
 * The API's 409s, the documentation and the property tests all read this table.
 */

/** Stable state of what the tenant asked for (OS-EXT-STS:vm_state). */
export const vmStates = [
  'building',
  'active',
  'stopped',
  'paused',
  'suspended',
  'resized',
  'rescued',
  'shelved',
  'shelved_offloaded',
  'error',
  'deleted',
] as const
export type VmStateName = (typeof vmStates)[number]

/** What is going on right now (OS-EXT-STS:task_state); null when nothing is. */
export const taskStates = [
  'scheduling',
  'spawning',
  'powering-off',
  'powering-on',
  'rebooting',
  'rebooting_hard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
  'rebuilding',
  'migrating',
  'resize_prep',
  'resize_migrating',
  'resize_finish',
  'resize_reverting',
  'resize_confirming',
  'image_snapshot',
  'image_backup',
  'image_pending_upload',
  'image_uploading',
  'shelving',
  'shelving_image_pending_upload',
  'shelving_image_uploading',
  'shelving_offloading',
  'unshelving',
  'rescuing',
  'unrescuing',
  'updating_password',
  'deleting',
] as const
export type TaskState = (typeof taskStates)[number]

/** What the hypervisor says. `missing` is an answer of its own and never means off. */
export const powerStates = ['unknown', 'on', 'off', 'paused', 'suspended', 'crashed', 'missing'] as const
export type PowerState = (typeof powerStates)[number]

export interface Transition {
  readonly action: string
  readonly from: readonly VmStateName[]
  readonly task: TaskState
  readonly to: VmStateName
  /** The driver's optional ability that it stands on. */
  readonly needs?: string
}

export const transitions = [
  { action: 'start', from: ['stopped'], task: 'powering-on', to: 'active' },
  { action: 'stop', from: ['active', 'error'], task: 'powering-off', to: 'stopped' },
  { action: 'reboot-soft', from: ['active'], task: 'rebooting', to: 'active' },
  {
    action: 'reboot-hard',
    from: ['active', 'stopped', 'paused', 'suspended', 'error'],
    task: 'rebooting_hard',
    to: 'active',
  },
  { action: 'pause', from: ['active'], task: 'pausing', to: 'paused', needs: 'pause' },
  { action: 'unpause', from: ['paused'], task: 'unpausing', to: 'active', needs: 'pause' },
  { action: 'suspend', from: ['active'], task: 'suspending', to: 'suspended', needs: 'suspend' },
  { action: 'resume', from: ['suspended'], task: 'resuming', to: 'active', needs: 'suspend' },
  // A stopped one stays stopped.
  { action: 'rebuild', from: ['active', 'stopped', 'error'], task: 'rebuilding', to: 'active' },
  { action: 'resize', from: ['active', 'stopped'], task: 'resize_prep', to: 'resized', needs: 'resize' },
  { action: 'migrate', from: ['active', 'stopped'], task: 'resize_prep', to: 'resized', needs: 'snapshot' },
  // It stays what it was.
  { action: 'live-migrate', from: ['active', 'paused'], task: 'migrating', to: 'active', needs: 'migrate' },
  // A stopped one stays stopped.
  { action: 'evacuate', from: ['active', 'stopped', 'error'], task: 'rebuilding', to: 'active' },
  // Back to what it was before the resize.
  { action: 'confirm-resize', from: ['resized'], task: 'resize_confirming', to: 'active' },
  { action: 'revert-resize', from: ['resized'], task: 'resize_reverting', to: 'active' },
  // It stays what it was; the same for backup.
  {
    action: 'snapshot',
    from: ['active', 'stopped', 'paused', 'suspended'],
    task: 'image_snapshot',
    to: 'active',
    needs: 'snapshot',
  },
  {
    action: 'backup',
    from: ['active', 'stopped', 'paused', 'suspended'],
    task: 'image_backup',
    to: 'active',
    needs: 'snapshot',
  },
  { action: 'rescue', from: ['active', 'stopped', 'error'], task: 'rescuing', to: 'rescued', needs: 'rescue' },
  { action: 'unrescue', from: ['rescued'], task: 'unrescuing', to: 'active', needs: 'rescue' },
  {
    action: 'change-password',
    from: ['active'],
    task: 'updating_password',
    to: 'active',
    needs: 'setAdminPassword',
  },
  // Offloaded at once unless the operator wants otherwise.
  {
    action: 'shelve',
    from: ['active', 'stopped', 'paused', 'suspended'],
    task: 'shelving',
    to: 'shelved',
    needs: 'snapshot',
  },
  { action: 'shelve-offload', from: ['shelved'], task: 'shelving_offloading', to: 'shelved_offloaded' },
  { action: 'unshelve', from: ['shelved', 'shelved_offloaded'], task: 'unshelving', to: 'active' },
  {
    action: 'delete',
    from: [
      'building',
      'active',
      'stopped',
      'paused',
      'suspended',
      'resized',
      'rescued',
      'shelved',
      'shelved_offloaded',
      'error',
    ],
    task: 'deleting',
    to: 'deleted',
  },
] as const satisfies readonly Transition[]

export type InstanceAction = (typeof transitions)[number]['action']

export function transitionOf(action: InstanceAction): Transition {
  const found = transitions.find((transition) => transition.action === action)
  if (found === undefined) throw new Error(`no transition for ${action}`)
  return found
}

/** What an instance is doing while an image of it is made: what the request began with, then waiting to send, then sending. */
const uploadTasks = [
  { task: 'image_snapshot', pending: 'image_pending_upload', uploading: 'image_uploading' },
  { task: 'image_backup', pending: 'image_pending_upload', uploading: 'image_uploading' },
  { task: 'shelving', pending: 'shelving_image_pending_upload', uploading: 'shelving_image_uploading' },
] as const satisfies readonly { task: TaskState; pending: TaskState; uploading: TaskState }[]

type UploadTasks = (typeof uploadTasks)[number]

export function uploadTasksOf(task: UploadTasks['task']): UploadTasks {
  const found = uploadTasks.find((known) => known.task === task)
  if (found === undefined) throw new Error(`nothing is uploaded in ${task}`)
  return found
}

/** @returns undefined for a task that is not about to send anything */
export function uploadingTaskAfter(task: TaskState | null): TaskState | undefined {
  return uploadTasks.find(({ pending }) => pending === task)?.uploading
}
