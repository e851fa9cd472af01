/** What may be done with an instance now, and why something else may not: read from the state table, nowhere else decided. */
import type { Instance } from './instance.ts'
import { transitions, type InstanceAction, type Transition } from './instance-states.ts'

export interface ActionRefusal {
  readonly code: 'instance-busy' | 'wrong-vm-state' | 'not-supported-by-host'
  /** Reads on from "while …". */
  readonly reason: string
}

export interface AllowedAction {
  readonly action: InstanceAction
  readonly refusal: ActionRefusal | undefined
}

type Facts = Pick<Instance, 'operationId' | 'taskState' | 'vmState'>

/** @param abilities those of the instance's host; undefined when they do not matter or are not known */
export function allowedActions(instance: Facts, abilities: readonly string[] | undefined): readonly AllowedAction[] {
  return transitions.map((transition) => ({
    action: transition.action,
    refusal: refusalOf(transition, instance, abilities),
  }))
}

/** @returns undefined when the action may begin */
export function refusalOf(
  transition: Transition,
  instance: Facts,
  abilities: readonly string[] | undefined,
): ActionRefusal | undefined {
  // A delete wins at any moment.
  if (transition.action === 'delete') return undefined
  if (instance.operationId !== null || instance.taskState !== null) {
    const reason = `it is in task_state ${instance.taskState ?? 'unknown'}; wait until that is done`
    return { code: 'instance-busy', reason }
  }
  if (!transition.from.includes(instance.vmState)) {
    const reason = `it is in vm_state ${instance.vmState}; it must be ${transition.from.join(' or ')}`
    return { code: 'wrong-vm-state', reason }
  }
  if (transition.needs !== undefined && abilities?.includes(transition.needs) === false) {
    return { code: 'not-supported-by-host', reason: `it is on a host whose hypervisor cannot ${transition.needs}` }
  }
  return undefined
}
