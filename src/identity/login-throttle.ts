/**
 * Slows down those who guess passwords: so many wrong ones for one user from one address, and so many from one address
 * whoever they are for, and then none is looked at until the window ends. Counts live in this process's memory, are
 * bounded, and are forgotten at its end.
 */
import { isIPv6 } from 'node:net'
import { PolyvisorError } from '../model/errors.ts'
import type { Clock } from '../util/clock.ts'

export interface LoginThrottleOptions {
  readonly clock: Clock
  /** Wrong passwords for one user from one address. */
  readonly failuresPerUser?: number
  /** Wrong passwords from one address. */
  readonly failuresPerAddress?: number
  /** From the first wrong one on. */
  readonly windowMs?: number
  /** So many counts are kept; the oldest make room. */
  readonly maxCounts?: number
}

export const loginThrottleDefaults = { failuresPerUser: 10, failuresPerAddress: 100, windowMs: 300_000 } as const

interface Count {
  failures: number
  readonly endsAtMs: number
}

export class LoginThrottle {
  readonly #options: Required<LoginThrottleOptions>
  /** In the order in which their windows began, and so in which they end. */
  readonly #counts = new Map<string, Count>()

  constructor(options: LoginThrottleOptions) {
    this.#options = { ...loginThrottleDefaults, maxCounts: 20_000, ...options }
  }

  get size(): number {
    return this.#counts.size
  }

  /**
   * Lets `attempt` look at the password. Whoever is over the limit by the time it is done, because others guessed
   * meanwhile, is not told whether it was right.
   * @throws PolyvisorError rate-limited, or what the attempt threw
   */
  async guard<T>(account: string, address: string, attempt: () => Promise<T>): Promise<T> {
    const ofUser = `user ${account} ${networkOf(address)}`
    const ofAddress = `address ${networkOf(address)}`
    this.#check(ofUser, ofAddress)
    try {
      const result = await attempt()
      this.#check(ofUser, ofAddress)
      // The address's count stays: who guesses others' passwords may well know one of their own.
      this.#counts.delete(ofUser)
      return result
    } catch (error) {
      if (!(error instanceof PolyvisorError) || error.code !== 'unauthenticated') throw error
      this.#check(ofUser, ofAddress)
      this.#count(ofUser)
      this.#count(ofAddress)
      throw error
    }
  }

  #check(ofUser: string, ofAddress: string): void {
    const { clock, failuresPerUser, failuresPerAddress } = this.#options
    const nowMs = clock.monotonicMs()
    const waits = [this.#waitMs(ofUser, failuresPerUser, nowMs), this.#waitMs(ofAddress, failuresPerAddress, nowMs)]
    const waitMs = Math.max(...waits)
    if (waitMs <= 0) return
    const seconds = Math.ceil(waitMs / 1000)
    throw new PolyvisorError(
      'rate-limited',
      'too-many-failed-logins',
      `Too many failed logins. Wait ${seconds} seconds, then try again.`,
      { details: { retryAfterSeconds: seconds } },
    )
  }

  #waitMs(key: string, limit: number, nowMs: number): number {
    const count = this.#counts.get(key)
    return count !== undefined && count.failures >= limit ? count.endsAtMs - nowMs : 0
  }

  #count(key: string): void {
    const { clock, windowMs, maxCounts } = this.#options
    const nowMs = clock.monotonicMs()
    const known = this.#counts.get(key)
    if (known !== undefined && known.endsAtMs > nowMs) {
      known.failures += 1
      return
    }
    this.#counts.delete(key)
    for (const [oldest, { endsAtMs }] of this.#counts) {
      if (endsAtMs > nowMs && this.#counts.size < maxCounts) break
      this.#counts.delete(oldest)
    }
    this.#counts.set(key, { failures: 1, endsAtMs: nowMs + windowMs })
  }
}

/** One customer has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
