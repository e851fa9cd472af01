/** Choosing a host within a saga: the verdicts and the hosts that failed are noted with the operation. */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { groupAllows, othersAround } from '../model/server-group.ts'
import type { OperationError } from '../model/operation.ts'
import type { HostState, ScheduleRequest } from '../scheduler/types.ts'
import type { Db } from '../store/database.ts'
import { listHosts } from '../store/hosts.ts'
import { countMembersByHost, findServerGroup, lockServerGroup } from '../store/server-groups.ts'
import type { Json } from '../util/json.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import { onlyHost } from './only-host.ts'
import type { Placement } from './placement.ts'

const claimLost = 'claim-lost'
const decisionsNote = 'decisions'
const failedHostsNote = 'failedHosts'
const keptDecisions = 10

/** What a saga says of itself that tries one host after the other. */
export const tryingHosts: Pick<Saga, 'retryFrom' | 'maxAttempts' | 'attemptFailed'> = {
  retryFrom: 'pick-host',
  // Each attempt excludes a host or follows a lost race; the filters end it when no host is left.
  maxAttempts: 100,
  attemptFailed(context: StepContext, error: OperationError): void {
    const hostId = pickedHost(context)
    if (hostId === undefined || error.code === claimLost) return
    context.setNote(failedHostsNote, Object.fromEntries([...failedHosts(context), [hostId, error.message]]))
  },
}

/** Hosts that failed at this operation already, with what they said. */
export function failedHosts(context: StepContext): ReadonlyMap<HostId, string> {
  return new Map(Object.entries((context.note(failedHostsNote) ?? {}) as Record<HostId, string>) as [HostId, string][])
}

/** When the operation's input names a host that alone will do. */
export async function askedHost(
  db: Db,
  { operation }: StepContext,
): Promise<Pick<ScheduleRequest, 'excludedHosts' | 'isForced'>> {
  const { hostId: id, isForced = false } = operation.input as { hostId?: HostId; isForced?: boolean }
  return id === undefined ? {} : onlyHost(await listHosts(db), { id, isForced })
}

/** @throws StepError when there is none, in words to act on */
export async function decideHost(
  placement: Placement,
  context: StepContext,
  request: ScheduleRequest,
  image: ImageRef,
): Promise<HostState> {
  const { decision, host } = await placement.decide(request)
  const earlier = (context.note(decisionsNote) ?? []) as Json[]
  const record = { attempt: context.attempt, ...decision } as unknown as Json
  context.setNote(decisionsNote, [...earlier.slice(1 - keptDecisions), record])
  if (host === undefined) throw stepError('no-valid-host', await placement.describeRefusal(decision, request, image))
  return host
}

export function lostClaim(message = 'Another request was faster.'): Error {
  return stepError(claimLost, message, { retry: 'elsewhere' })
}

/** In the transaction that claims: of two of a group that were placed at once the second sees the first. */
export async function checkGroup(trx: Db, { id, serverGroupId }: Instance, hostId: HostId): Promise<void> {
  if (serverGroupId === null || !(await lockServerGroup(trx, serverGroupId))) return
  const group = await findServerGroup(trx, serverGroupId)
  if (group === undefined) return
  const members = await countMembersByHost(trx, serverGroupId, id)
  if (groupAllows(group, othersAround(members, hostId))) return
  throw lostClaim('Another server of its group was faster.')
}

export function pickedHost(context: StepContext): HostId | undefined {
  return (context.output('pick-host') as { hostId: HostId } | undefined)?.hostId
}

export function mustHavePicked(context: StepContext): HostId {
  const hostId = pickedHost(context)
  if (hostId === undefined) throw new Error('a step ran before pick-host ended')
  return hostId
}
