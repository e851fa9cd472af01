/**
 * Sessions for calls that wait: each has one call at a time, so that nobody waits for another's guest. More are started, one after the
 * other, where calls wait and none ends; one stays, so that the usual call finds it warm.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import { delay } from '../../src/util/delay.ts'
import type { CallKind } from './call-rules.ts'
import type { LibvirtSession } from './session.ts'

export interface PoolOptions {
  readonly mostSessions: number
  /** After which a session that is not needed ends. */
  readonly idleMs: number
  readonly open: () => LibvirtSession
}

/**
 * How many sessions a call must leave free: what waits for long must leave room for what waits for less. `quick` ones, which show what
 * is there, always find a session, however many guests hang.
 */
const leavesFree: Readonly<Record<CallKind, number>> = {
  host: 0,
  quick: 0,
  end: 1,
  question: 2,
  change: 3,
  long: 4,
  watched: 4,
}
/** The least with which each kind gets its turn. */
const leastSessions = 5
/**
 * Another session is started where calls wait and none has ended for so long: a start holds the event loop up where the machine
 * is busy, and where calls come to an end one session serves many.
 */
const growAfterMs = 500
const patienceMs = 60_000

interface Idle {
  readonly session: LibvirtSession
  readonly sinceMs: number
}

interface Waiting {
  readonly kind: CallKind
  readonly start: (session: LibvirtSession) => void
  readonly refuse: (error: DriverError) => void
}

export class SessionPool {
  readonly #options: PoolOptions
  readonly #most: number
  readonly #sessions = new Set<LibvirtSession>()
  readonly #lines = new Map<string, Promise<void>>()
  /** The one that was used last is the last. */
  #idle: Idle[] = []
  #waiting: readonly Waiting[] = []
  #taken = 0
  #lastEndMs = 0
  #isGrowing = false
  #isClosed = false
  #sweeping: NodeJS.Timeout | undefined

  constructor(options: PoolOptions) {
    this.#options = options
    this.#most = Math.max(leastSessions, options.mostSessions)
  }

  /** How many there are; for tests. */
  get size(): number {
    return this.#sessions.size
  }

  /** Has one ready for the first call. */
  warm(): void {
    if (this.#sessions.size === 0) void this.#grow()
  }

  /**
   * @param line of which one call at a time is under way, in the order of their coming
   * @throws DriverError what `work` throws; UNREACHABLE or BUSY, without effect, when there is no session
   */
  async use<T>(kind: CallKind, line: string | undefined, work: (session: LibvirtSession) => Promise<T>): Promise<T> {
    return line === undefined ? await this.#use(kind, work) : await this.#inLine(line, () => this.#use(kind, work))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#sweeping)
    for (const { refuse } of this.#waiting) refuse(closed())
    await Promise.all([...this.#sessions].map((session) => session.close()))
  }

  async #use<T>(kind: CallKind, work: (session: LibvirtSession) => Promise<T>): Promise<T> {
    const session = await this.#take(kind)
    try {
      return await work(session)
    } finally {
      this.#taken -= 1
      this.#lastEndMs = performance.now()
      if (session.isUsable) this.#rest(session)
      this.#serve()
    }
  }

  async #inLine<T>(line: string, work: () => Promise<T>): Promise<T> {
    const run = (this.#lines.get(line) ?? Promise.resolve()).then(work)
    const done = run.then(
      () => undefined,
      () => undefined,
    )
    this.#lines.set(line, done)
    try {
      return await run
    } finally {
      if (this.#lines.get(line) === done) this.#lines.delete(line)
    }
  }

  async #take(kind: CallKind): Promise<LibvirtSession> {
    if (this.#isClosed) throw closed()
    let patience: NodeJS.Timeout | undefined
    try {
      return await new Promise<LibvirtSession>((resolve, reject) => {
        const leave = (): void => void (this.#waiting = this.#waiting.filter((each) => each !== waiting))
        const waiting: Waiting = {
          kind,
          start: (session) => (leave(), resolve(session)),
          refuse: (error) => (leave(), reject(error)),
        }
        this.#waiting = [...this.#waiting, waiting]
        patience = setTimeout(() => waiting.refuse(busy()), patienceMs).unref()
        this.#serve()
      })
    } finally {
      clearTimeout(patience)
    }
  }

  /** Hands sessions to those that wait, in their order as far as there is room for their kind. */
  #serve(): void {
    for (let next = this.#nextWaiting(); next !== undefined; next = this.#nextWaiting()) {
      const session = this.#takeIdle()
      if (session === undefined) return void this.#grow()
      this.#taken += 1
      next.start(session)
    }
  }

  #nextWaiting(): Waiting | undefined {
    return this.#waiting.find(({ kind }) => this.#taken < this.#most - leavesFree[kind])
  }

  #takeIdle(): LibvirtSession | undefined {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop())
      if (last.session.isUsable) return last.session
    return undefined
  }

  async #grow(): Promise<void> {
    if (this.#isGrowing || this.#isClosed) return
    this.#isGrowing = true
    if (this.#sessions.size > 0) await delay(growAfterMs)
    if (!this.#isClosed && this.#isOneMissing()) await this.#start()
    this.#isGrowing = false
    this.#serve()
  }

  #isOneMissing(): boolean {
    if (this.#sessions.size === 0) return true
    const isStuck = performance.now() - this.#lastEndMs >= growAfterMs
    return isStuck && this.#idle.length === 0 && this.#nextWaiting() !== undefined
  }

  async #start(): Promise<void> {
    const session = this.#options.open()
    this.#sessions.add(session)
    try {
      await session.opened
    } catch (error) {
      // Another one would be no better; whoever waits may wait for one of those that are there.
      if (this.#taken === 0) for (const { refuse } of this.#waiting) refuse(error as DriverError)
      void session.ended.then(() => this.#sessions.delete(session))
      return
    }
    this.#rest(session)
    void session.ended.then(() => {
      this.#sessions.delete(session)
      this.#idle = this.#idle.filter((each) => each.session !== session)
      this.warm()
    })
  }

  #rest(session: LibvirtSession): void {
    this.#idle.push({ session, sinceMs: performance.now() })
    if (this.#idle.length > 1) this.#sweepLater()
  }

  #sweepLater(): void {
    this.#sweeping ??= setTimeout(() => this.#sweep(), this.#options.idleMs).unref()
  }

  #sweep(): void {
    this.#sweeping = undefined
    const oldestMs = performance.now() - this.#options.idleMs
    while (this.#idle.length > 1 && (this.#idle[0]?.sinceMs ?? Infinity) <= oldestMs)
      void this.#idle.shift()?.session.close()
    if (this.#idle.length > 1) this.#sweepLater()
  }
}

function closed(): DriverError {
  const text = 'The hypervisor cannot be reached at the moment.'
  return new DriverError('UNREACHABLE', text, { effect: 'none', native: 'the connection to libvirt was closed' })
}

function busy(): DriverError {
  const text = 'The host does as many of these at once as it may; try again in a moment.'
  return new DriverError('BUSY', text, { effect: 'none', native: 'all sessions are taken' })
}
