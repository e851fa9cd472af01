/**
 * Quiesced snapshots: by the agent in the guest its file systems are written out, and take no writes at the moment at which a copy
 * of a disk begins. A guest left like that would hang. So a file in its folder says that it may be frozen, before it is, and goes
 * once it is thawed; who finds the file after a death thaws the guest. Owns those files.
 */
import { access, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import type { Mark } from '../libvirt/mark.ts'
import { throwIfCancelled, unsupported } from '../local/refusals.ts'
import { talkToAgent, type OpenSession } from './agent-session.ts'
import { instanceDir, type QemuHost } from './host.ts'
import { findVm, isActive } from './vm-record.ts'

/** A guest may have much to write out. */
const freezeSeconds = 45
const thawSeconds = 10
const thawAgainMs = { first: 1_000, most: 30_000 } as const

export class Quiescence {
  readonly #host: QemuHost
  readonly #openSession: OpenSession
  readonly #closing = new AbortController()
  readonly #thawing = new Map<string, Promise<void>>()

  constructor(host: QemuHost, openSession: OpenSession) {
    this.#host = host
    this.#openSession = openSession
  }

  /**
   * Begins a copy of what a running guest has while its file systems stand still, where it has an agent that answers.
   * @throws DriverError without effect where its image insists (os_require_quiesce) and that cannot be
   */
  async during(mark: Mark, control: Control, begin: () => Promise<void>): Promise<void> {
    const { instanceId: uuid, adminUser, requiresQuiesce = false } = mark
    if (adminUser === undefined && !requiresQuiesce) return await begin()
    const failure = adminUser === undefined ? withoutAgent() : await this.#freeze(uuid, control.signal)
    throwIfCancelled(control)
    if (failure !== undefined && requiresQuiesce) throw failure
    if (failure !== undefined) this.#host.log.info({ uuid, err: failure }, 'the guest is not quiesced for its snapshot')
    try {
      await begin()
    } finally {
      if (failure === undefined) await this.#thaw(uuid)
    }
  }

  /** After a restart, in the background: a guest that a death left frozen. */
  async recover(uuid: string): Promise<void> {
    const isLeft = await access(this.#path(uuid)).then(
      () => true,
      () => false,
    )
    if (isLeft && !this.#thawing.has(uuid)) this.#thawLater(uuid)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#thawing.values())
  }

  /** @returns why not; then nothing is frozen, or soon nothing will be */
  async #freeze(uuid: string, signal: AbortSignal): Promise<DriverError | undefined> {
    if (this.#thawing.has(uuid))
      return new DriverError('BUSY', 'The guest does not let go of an earlier snapshot.', { effect: 'none' })
    await writeFile(this.#path(uuid), '')
    const talk = { uuid, answerSeconds: freezeSeconds, signal }
    try {
      await talkToAgent(this.#openSession, talk, (session) => session.call('freezeFileSystems', { uuid }))
      return undefined
    } catch (error) {
      if (!(error instanceof DriverError)) throw error
      // The agent's own no: it has thawed what it froze, and may be one that knows of neither.
      if (error.effect === 'none' || error.code === 'HYPERVISOR') await this.#forget(uuid)
      else await this.#thaw(uuid)
      const { native } = error
      const why = { effect: 'none', ...(native === undefined ? {} : { native }) } as const
      return new DriverError(error.code, `The guest was not quiesced. ${error.publicMessage}`, why)
    }
  }

  async #thaw(uuid: string): Promise<void> {
    if (!(await this.#tryThaw(uuid))) this.#thawLater(uuid)
  }

  #thawLater(uuid: string): void {
    this.#thawing.set(
      uuid,
      this.#thawUntilDone(uuid).finally(() => this.#thawing.delete(uuid)),
    )
  }

  async #thawUntilDone(uuid: string): Promise<void> {
    const { signal } = this.#closing
    let waitMs: number = thawAgainMs.first
    while (!signal.aborted && !(await this.#tryThaw(uuid))) {
      await delay(waitMs, signal)
      waitMs = Math.min(waitMs * 2, thawAgainMs.most)
    }
  }

  /** @returns whether nothing is frozen any more */
  async #tryThaw(uuid: string): Promise<boolean> {
    const talk = { uuid, answerSeconds: thawSeconds, signal: this.#closing.signal }
    try {
      await talkToAgent(this.#openSession, talk, (session) => session.call('thawFileSystems', { uuid }))
    } catch (error) {
      if (!(await this.#isOff(uuid))) {
        this.#host.log.warn({ uuid, err: error }, "the guest's file systems may still be frozen")
        return false
      }
    }
    await this.#forget(uuid)
    return true
  }

  async #isOff(uuid: string): Promise<boolean> {
    const found = await findVm(this.#host, uuid).catch(() => undefined)
    return found !== undefined && (found.kind !== 'ours' || !isActive(found.domain))
  }

  async #forget(uuid: string): Promise<void> {
    await rm(this.#path(uuid), { force: true })
  }

  #path(uuid: string): string {
    return join(instanceDir(this.#host, uuid), 'frozen')
  }
}

function withoutAgent(): DriverError {
  return unsupported('Its image says os_require_quiesce, which needs an agent in the guest: hw_qemu_guest_agent=yes.')
}
