/**
 * How many calls a driver has at once: of the core's work as many as it says, of which what carries whole disks away may take
 * half, so that starts and deletes go on beside it. What a guest may draw out, and a tenant ask for again and again, takes none of
 * these places: a few at a time, and no more are taken on.
 */
import type { AgentMethod } from '../bus/messages/agent-call.ts'
import { DriverError } from '../driver/index.ts'
import { Places } from '../util/places.ts'

const guestPaced: ReadonlySet<AgentMethod> = new Set(['take-screenshot', 'set-admin-password'])
const mostGuestPaced = 4
const transfers: ReadonlySet<AgentMethod> = new Set(['snapshot', 'migrate'])

export class DriverSlots {
  readonly #places: Places
  readonly #transfers: Places
  #guestPaced = 0

  constructor(parallelOperations: number) {
    this.#places = new Places(parallelOperations)
    this.#transfers = new Places(Math.max(1, Math.floor(parallelOperations / 2)))
  }

  /** Waits for a place. @returns what gives it back, once. @throws DriverError BUSY; the signal's reason when it aborts before */
  async take(method: AgentMethod, signal: AbortSignal): Promise<() => void> {
    if (guestPaced.has(method)) return this.#takeGuestPaced()
    // It hurries one that has a place, and must not wait for that one's end.
    if (method === 'complete-migration') return () => undefined
    if (!transfers.has(method)) return await this.#places.take(signal)
    const endTransfer = await this.#transfers.take(signal)
    try {
      const giveBack = await this.#places.take(signal)
      return () => {
        giveBack()
        endTransfer()
      }
    } catch (error) {
      endTransfer()
      throw error
    }
  }

  #takeGuestPaced(): () => void {
    if (this.#guestPaced >= mostGuestPaced)
      throw new DriverError('BUSY', 'The host does as many of these at once as it may; try again in a moment.', {
        retry: 'later',
        effect: 'none',
      })
    this.#guestPaced += 1
    return () => void (this.#guestPaced -= 1)
  }
}
