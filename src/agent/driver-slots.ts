/**
 * How many calls a driver has at once: of the core's work as many as it says, of which what carries whole disks away may take
 * half, so that starts and deletes go on beside it. What a guest may draw out, and a tenant ask for again and again, takes none of
 * these places: a few at a time, and no more are taken on. Nor does one guest that does not answer get many questions at once.
 */
import type { AgentMethod } from '../bus/messages/agent-call.ts'
import { DriverError } from '../driver/index.ts'
import { Places } from '../util/places.ts'

const guestPaced: ReadonlySet<AgentMethod> = new Set(['take-screenshot', 'set-admin-password'])
const mostGuestPaced = 4
/** What tenants ask a guest's emulator: of one guest no more than these, so that others get their turn. */
const asksGuest: ReadonlySet<AgentMethod> = new Set([...guestPaced, 'read-stats'])
const mostOfGuest = 2
const transfers: ReadonlySet<AgentMethod> = new Set(['snapshot', 'migrate'])

type GiveBack = () => void

export class DriverSlots {
  readonly #places: Places
  readonly #transfers: Places
  #guestPaced = 0
  readonly #ofGuest = new Map<string, number>()

  constructor(parallelOperations: number) {
    this.#places = new Places(parallelOperations)
    this.#transfers = new Places(Math.max(1, Math.floor(parallelOperations / 2)))
  }

  /** Waits for a place. @returns what gives it back, once. @throws DriverError BUSY; the signal's reason when it aborts before */
  async take(method: AgentMethod, instanceId: string, signal: AbortSignal): Promise<GiveBack> {
    // It hurries one that has a place, and must not wait for that one's end.
    if (method === 'complete-migration') return () => undefined
    if (asksGuest.has(method)) {
      const endQuestion = this.#ask(instanceId)
      return await both(endQuestion, async () =>
        guestPaced.has(method) ? this.#takeGuestPaced() : await this.#places.take(signal),
      )
    }
    if (!transfers.has(method)) return await this.#places.take(signal)
    return await both(await this.#transfers.take(signal), () => this.#places.take(signal))
  }

  #ask(instanceId: string): GiveBack {
    const asked = this.#ofGuest.get(instanceId) ?? 0
    if (asked >= mostOfGuest)
      throw busy('The virtual machine is asked as much at once as it may be; try again in a moment.')
    this.#ofGuest.set(instanceId, asked + 1)
    return () => {
      const left = (this.#ofGuest.get(instanceId) ?? 1) - 1
      if (left === 0) this.#ofGuest.delete(instanceId)
      else this.#ofGuest.set(instanceId, left)
    }
  }

  #takeGuestPaced(): GiveBack {
    if (this.#guestPaced >= mostGuestPaced)
      throw busy('The host does as many of these at once as it may; try again in a moment.')
    this.#guestPaced += 1
    return () => void (this.#guestPaced -= 1)
  }
}

/** The first is given back, too, when there is no second. */
async function both(first: GiveBack, takeSecond: () => Promise<GiveBack>): Promise<GiveBack> {
  try {
    const second = await takeSecond()
    return () => {
      second()
      first()
    }
  } catch (error) {
    first()
    throw error
  }
}

function busy(text: string): DriverError {
  return new DriverError('BUSY', text, { retry: 'later', effect: 'none' })
}
