/**
 * Sessions for calls that wait: each has one call at a time, so that nobody waits for another's guest. They are started when they
 * are needed; one stays, so that the usual call finds it warm.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
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
const patienceMs = 60_000

interface Idle {
  readonly session: LibvirtSession
  readonly sinceMs: number
}

interface Waiting {
  readonly kind: CallKind
  readonly start: () => void
  readonly refuse: (error: DriverError) => void
}

export class SessionPool {
  readonly #options: PoolOptions
  readonly #most: number
  readonly #sessions = new Set<LibvirtSession>()
  /** The one that was used last is the last. */
  #idle: Idle[] = []
  #sweeping: NodeJS.Timeout | undefined
  readonly #lines = new Map<string, Promise<void>>()
  #waiting: readonly Waiting[] = []
  #taken = 0
  #isClosed = false

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
    if (this.#sessions.size > 0 || this.#isClosed) return
    this.#idle.push({ session: this.#open(), sinceMs: performance.now() })
  }

  /**
   * @param line of which one call at a time is under way, in the order of their coming
   * @throws DriverError what `work` throws; BUSY without effect when no session is free for long
   */
  async use<T>(kind: CallKind, line: string | undefined, work: (session: LibvirtSession) => Promise<T>): Promise<T> {
    return line === undefined ? await this.#use(kind, work) : await this.#inLine(line, () => this.#use(kind, work))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#sweeping)
    for (const { refuse } of this.#waiting) refuse(busy('the connection to libvirt was closed'))
    await Promise.all([...this.#sessions].map((session) => session.close()))
  }

  async #use<T>(kind: CallKind, work: (session: LibvirtSession) => Promise<T>): Promise<T> {
    await this.#place(kind)
    try {
      const session = this.#takeIdle() ?? this.#open()
      await session.opened
      try {
        return await work(session)
      } finally {
        if (session.isUsable) this.#rest(session)
      }
    } finally {
      this.#taken -= 1
      this.#startNext()
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

  async #place(kind: CallKind): Promise<void> {
    if (this.#isClosed) throw busy('the connection to libvirt was closed')
    if (this.#hasRoomFor(kind)) return void (this.#taken += 1)
    let patience: NodeJS.Timeout | undefined
    try {
      await new Promise<void>((resolve, reject) => {
        const refuse = (error: DriverError): void => {
          this.#waiting = this.#waiting.filter((each) => each !== waiting)
          reject(error)
        }
        const waiting: Waiting = { kind, start: resolve, refuse }
        this.#waiting = [...this.#waiting, waiting]
        patience = setTimeout(() => refuse(busy('all sessions are taken')), patienceMs).unref()
      })
    } finally {
      clearTimeout(patience)
    }
  }

  #startNext(): void {
    const next = this.#waiting.find(({ kind }) => this.#hasRoomFor(kind))
    if (next === undefined) return
    this.#waiting = this.#waiting.filter((each) => each !== next)
    this.#taken += 1
    next.start()
  }

  #hasRoomFor(kind: CallKind): boolean {
    return this.#taken < this.#most - leavesFree[kind]
  }

  #open(): LibvirtSession {
    const session = this.#options.open()
    this.#sessions.add(session)
    void this.#follow(session)
    return session
  }

  async #follow(session: LibvirtSession): Promise<void> {
    const hasOpened = await session.opened.then(
      () => true,
      () => false,
    )
    await session.ended
    this.#sessions.delete(session)
    this.#idle = this.#idle.filter((each) => each.session !== session)
    // One that was never open says that others would not be either.
    if (hasOpened) this.warm()
  }

  #takeIdle(): LibvirtSession | undefined {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop())
      if (last.session.isUsable) return last.session
    return undefined
  }

  #rest(session: LibvirtSession): void {
    this.#idle.push({ session, sinceMs: performance.now() })
    if (this.#idle.length > 1) this.#sweeping ??= setTimeout(() => this.#sweep(), this.#options.idleMs).unref()
  }

  #sweep(): void {
    this.#sweeping = undefined
    const { idleMs } = this.#options
    const oldestMs = performance.now() - idleMs
    while (this.#idle.length > 1 && (this.#idle[0]?.sinceMs ?? Infinity) <= oldestMs)
      void this.#idle.shift()?.session.close()
    if (this.#idle.length > 1) this.#sweeping = setTimeout(() => this.#sweep(), idleMs).unref()
  }
}

function busy(native: string): DriverError {
  const text = 'The host does as many of these at once as it may; try again in a moment.'
  return new DriverError('BUSY', text, { effect: 'none', native })
}
