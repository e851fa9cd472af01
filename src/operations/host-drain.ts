/**
 * Empties a host for maintenance: no new servers come to it, and those that are there go elsewhere, each by an operation of its
 * own. What cannot move stays, with the reason. Asked again it begins what is left.
 */
import { conflict, notFound, PolyvisorError } from '../model/errors.ts'
import type { Host } from '../model/host.ts'
import { isUuid, type HostId, type OperationId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { changeHost, findHost } from '../store/hosts.ts'
import { listInstancesHolding, listInstancesOnHost } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'
import type { ActionContext, InstanceService } from './instance-service-types.ts'

export interface DrainOptions {
  /** Also guests that run and that cannot move while they do: they are off meanwhile. */
  readonly cold: boolean
}

export interface Drain {
  readonly host: Host
  readonly moving: readonly {
    readonly instance: Instance
    /** cold: the guest is off while it moves; it is not asked for a verdict. */
    readonly how: 'live' | 'cold'
    readonly operationId: OperationId
  }[]
  readonly staying: readonly { readonly instance: Instance; readonly code: string; readonly reason: string }[]
}

export interface HostDrainParts {
  readonly db: Db
  readonly clock: Clock
  readonly instances: Pick<InstanceService, 'migrate' | 'liveMigrate'>
}

export class HostDrain {
  readonly #parts: HostDrainParts

  constructor(parts: HostDrainParts) {
    this.#parts = parts
  }

  /** @throws PolyvisorError host-not-found; host-down, because what is on such a host can be evacuated only */
  async drain(id: string, options: DrainOptions, context: ActionContext): Promise<Drain> {
    const { db, clock } = this.#parts
    const host = isUuid(id) ? await findHost(db, id as HostId) : undefined
    if (host === undefined) throw notFound('host', id)
    if (!host.up || host.forcedDown)
      throw conflict('host-down', `Host ${host.name} is down: what is on it can be evacuated, not moved.`)
    // One that was disabled before keeps the reason that somebody gave.
    if (host.enabled)
      await changeHost(db, host.id, { enabled: false, disabledReason: 'drained for maintenance' }, clock.nowMs())
    const moving: Drain['moving'][number][] = []
    const staying: Drain['staying'][number][] = []
    for (const instance of await listInstancesOnHost(db, host.id)) {
      try {
        moving.push({ instance, ...(await this.#move(instance, host, options, context)) })
      } catch (error) {
        if (!(error instanceof PolyvisorError) || !isRefusal(error)) throw error
        if (error.kind !== 'not-found') staying.push({ instance, code: error.code, reason: error.message })
      }
    }
    // Those that were begun above may have left already, and are about to be confirmed.
    const begun = new Set(moving.map(({ instance }) => instance.id))
    for (const instance of await listInstancesHolding(db, host.id))
      if (!begun.has(instance.id)) staying.push({ instance, ...whyHeld(instance) })
    return { host, moving, staying }
  }

  async #move(
    { id, vmState }: Instance,
    { capabilities: { abilities } }: Host,
    { cold }: DrainOptions,
    context: ActionContext,
  ): Promise<{ how: 'live' | 'cold'; operationId: OperationId }> {
    const { instances } = this.#parts
    const isRunning = vmState === 'active' || vmState === 'paused'
    if (isRunning && abilities.includes('migrate'))
      return { how: 'live', ...(await instances.liveMigrate(id, {}, context)) }
    if (vmState === 'active' && !cold && abilities.includes('snapshot'))
      throw conflict(
        'not-while-it-runs',
        'It runs, and its hypervisor moves no guests that run: stop it, or move it cold.',
      )
    return { how: 'cold', ...(await instances.migrate(id, { confirm: true }, context)) }
  }
}

/** Deleted meanwhile it is gone as well. What is wrong with the service is no server's reason to stay. */
function isRefusal({ kind }: PolyvisorError): boolean {
  return ['conflict', 'bad-request', 'forbidden', 'not-found'].includes(kind)
}

function whyHeld({ vmState }: Instance): { code: string; reason: string } {
  if (vmState === 'resized') {
    const reason = 'It has left, and its old VM waits here until the move or resize is confirmed or reverted.'
    return { code: 'waits-for-verdict', reason }
  }
  return { code: 'on-its-way', reason: 'It is on its way from or to this host; drain again when that is over.' }
}
