/** How an action on an instance is begun: what it must fulfil, and what it says of its operation. */
import { refusalOf } from '../model/allowed-actions.ts'
import { conflict } from '../model/errors.ts'
import type { OperationId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { transitionOf, type InstanceAction } from '../model/instance-states.ts'
import { isYes } from '../model/image-flags.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import type { InstanceChanges } from '../store/instances.ts'
import type { JsonObject } from '../util/json.ts'

/** What a request makes of an instance, judged within the transaction that begins it. */
export interface Prepared {
  /** Of the operation, when it is not named after the action. */
  readonly kind?: string
  readonly input: JsonObject
  readonly secret?: JsonObject
  readonly changes: InstanceChanges
  /** Once the instance is ours: what is locked after it. */
  readonly afterwards?: (operationId: OperationId) => Promise<void>
}
export type Prepare = (trx: Db, instance: Instance) => Promise<Prepared>

/** @param abilities those of its host, where they matter */
export function checkAllowed(instance: Instance, action: InstanceAction, abilities?: readonly string[]): void {
  const refusal = refusalOf(transitionOf(action), instance, abilities)
  if (refusal === undefined) return
  throw conflict(refusal.code, `Cannot '${action}' instance ${instance.id} while ${refusal.reason}.`)
}

/** The same, with what its host can do. @throws PolyvisorError conflict */
export async function checkHostCan(trx: Db, instance: Instance, action: InstanceAction): Promise<void> {
  const host = instance.hostId === null ? undefined : await findHost(trx, instance.hostId)
  checkAllowed(instance, action, host?.capabilities.abilities)
}

/** Whether there is somebody in the guest who sets passwords. @throws PolyvisorError conflict */
export async function checkHasAgent(trx: Db, instance: Instance): Promise<void> {
  const host = instance.hostId === null ? undefined : await findHost(trx, instance.hostId)
  const property = host?.capabilities.agentProperty
  if (property === undefined || isYes(instance.imageProperties[property])) return
  throw conflict(
    'no-guest-agent',
    `Cannot change the password of instance ${instance.id}: its image does not say ${property}=yes, so there is no agent in it.`,
  )
}
