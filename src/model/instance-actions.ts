/** Operations as OpenStack's instance actions: what a tenant or admin did to a server, under the names that Nova gives it. */
import type { Operation } from './operation.ts'

/** By kind of operation; what the service does of itself (removing orphans, trying hosts out) is nobody's action. */
const actionOfKind: Readonly<Record<string, string>> = {
  'instance-create': 'create',
  'instance-delete': 'delete',
  'instance-start': 'start',
  'instance-stop': 'stop',
  'instance-reboot-soft': 'reboot',
  'instance-reboot-hard': 'reboot',
  'instance-pause': 'pause',
  'instance-unpause': 'unpause',
  'instance-suspend': 'suspend',
  'instance-resume': 'resume',
  'instance-rebuild': 'rebuild',
  'instance-resize': 'resize',
  'instance-move': 'migrate',
  'instance-evacuate': 'evacuate',
  'instance-live-migrate': 'live-migration',
  'instance-snapshot': 'createImage',
  'instance-backup': 'createBackup',
  'instance-rescue': 'rescue',
  'instance-unrescue': 'unrescue',
  'instance-change-password': 'changePassword',
  'instance-shelve': 'shelve',
  'instance-shelve-offload': 'shelveOffload',
  'instance-unshelve': 'unshelve',
  'instance-unshelve-in-place': 'unshelve',
  'instance-confirm-resize': 'confirmResize',
  'instance-revert-resize': 'revertResize',
  'instance-confirm-move': 'confirmResize',
  'instance-revert-move': 'revertResize',
}

export const instanceActionKinds: readonly string[] = Object.keys(actionOfKind)

export function instanceActionName({ kind, input }: Pick<Operation, 'kind' | 'input'>): string {
  // A resize may have to move the server.
  const name = kind === 'instance-move' ? (input as { action?: string }).action : actionOfKind[kind]
  if (name === undefined) throw new Error(`${kind} is no instance action`)
  return name
}
