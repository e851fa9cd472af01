/**
 * How many calls a driver has at once: of the core's work as many as it says. What a guest may draw out, and a tenant ask for
 * again and again, takes none of these places: a few at a time, and no more are taken on.
 */
import type { AgentMethod } from '../bus/messages/agent-call.ts'
import { DriverError } from '../driver/index.ts'
import type { OpenDriver } from './driver-set.ts'

const guestPaced: ReadonlySet<AgentMethod> = new Set(['take-screenshot', 'set-admin-password'])
const mostGuestPaced = 4
const guestPacedCalls = new WeakMap<OpenDriver, number>()

/** Waits for a place. @returns what gives it back, once. @throws DriverError BUSY */
export async function takeSlot(open: OpenDriver, method: AgentMethod): Promise<() => void> {
  if (!guestPaced.has(method)) {
    await acquire(open)
    return () => release(open)
  }
  const taken = guestPacedCalls.get(open) ?? 0
  if (taken >= mostGuestPaced)
    throw new DriverError('BUSY', 'The host does as many of these at once as it may; try again in a moment.', {
      retry: 'later',
      effect: 'none',
    })
  guestPacedCalls.set(open, taken + 1)
  return () => void guestPacedCalls.set(open, (guestPacedCalls.get(open) ?? 1) - 1)
}

async function acquire(open: OpenDriver): Promise<void> {
  if (open.limit.free > 0) open.limit.free -= 1
  else await new Promise<void>((resolve) => open.limit.waiting.push(resolve))
}

function release(open: OpenDriver): void {
  const next = open.limit.waiting.shift()
  if (next === undefined) open.limit.free += 1
  else next()
}
