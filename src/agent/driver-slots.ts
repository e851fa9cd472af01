/**
 * How many calls a driver has at once: of the core's work as many as it says. What a guest may draw out, and a tenant ask for
 * again and again, takes none of these places: a few at a time, and no more are taken on. Nor does one guest that does not answer
 * get many questions at once.
 */
import type { AgentMethod } from '../bus/messages/agent-call.ts'
import { DriverError } from '../driver/index.ts'
import type { OpenDriver } from './driver-set.ts'

const guestPaced: ReadonlySet<AgentMethod> = new Set(['take-screenshot', 'set-admin-password'])
const mostGuestPaced = 4
/** What tenants ask a guest's emulator: of one guest no more than these, so that others get their turn. */
const asksGuest: ReadonlySet<AgentMethod> = new Set([...guestPaced, 'read-stats'])
const mostOfGuest = 2

interface Taken {
  guestPaced: number
  readonly ofGuest: Map<string, number>
}
const takenOf = new WeakMap<OpenDriver, Taken>()

/** Waits for a place. @returns what gives it back, once. @throws DriverError BUSY */
export async function takeSlot(open: OpenDriver, method: AgentMethod, instanceId: string): Promise<() => void> {
  if (!asksGuest.has(method)) return await acquire(open)
  const taken = takenOf.get(open) ?? { guestPaced: 0, ofGuest: new Map<string, number>() }
  takenOf.set(open, taken)
  const isGuestPaced = guestPaced.has(method)
  const ofGuest = taken.ofGuest.get(instanceId) ?? 0
  if (ofGuest >= mostOfGuest)
    throw busy('The virtual machine is asked as much at once as it may be; try again in a moment.')
  if (isGuestPaced && taken.guestPaced >= mostGuestPaced)
    throw busy('The host does as many of these at once as it may; try again in a moment.')
  taken.ofGuest.set(instanceId, ofGuest + 1)
  if (isGuestPaced) taken.guestPaced += 1
  const giveBack = isGuestPaced ? () => void (taken.guestPaced -= 1) : await acquire(open)
  return () => {
    giveBack()
    const left = (taken.ofGuest.get(instanceId) ?? 1) - 1
    if (left === 0) taken.ofGuest.delete(instanceId)
    else taken.ofGuest.set(instanceId, left)
  }
}

function busy(text: string): DriverError {
  return new DriverError('BUSY', text, { retry: 'later', effect: 'none' })
}

async function acquire(open: OpenDriver): Promise<() => void> {
  if (open.limit.free > 0) open.limit.free -= 1
  else await new Promise<void>((resolve) => open.limit.waiting.push(resolve))
  return () => release(open)
}

function release(open: OpenDriver): void {
  const next = open.limit.waiting.shift()
  if (next === undefined) open.limit.free += 1
  else next()
}
