/**
 * Who this agent is to its control plane: its id, its token and its account on the bus, got once with the enrolment
 * secret and kept in a file of mode 0600. Owns that file.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BusAccount } from '../model/agent.ts'
import { PolyvisorError } from '../model/errors.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import { ControlRefusal, type ControlClient, type Enrolment } from './control-client.ts'

export interface MembershipParts {
  readonly client: ControlClient
  readonly log: Logger
  /** Where the file lies. */
  readonly stateDir: string
  readonly name: string
  readonly readSecret: () => Promise<string | undefined>
  /** Aborts when the process is asked to stop. */
  readonly signal: AbortSignal
}

const firstPauseMs = 250
const longestPauseMs = 5_000

export class Membership {
  readonly #parts: MembershipParts
  #known: Enrolment

  private constructor(parts: MembershipParts, known: Enrolment) {
    this.#parts = parts
    this.#known = known
  }

  /**
   * Reads who it is, or enrols; an API that cannot be reached is waited for.
   * @throws PolyvisorError when the secret is missing or refused
   */
  static async open(parts: MembershipParts): Promise<Membership> {
    const known = await readKnown(fileOf(parts))
    if (known !== undefined) return new Membership(parts, known)
    const membership = new Membership(parts, await enrol(parts))
    await membership.#save()
    return membership
  }

  get agentId(): string {
    return this.#known.id
  }

  get token(): string {
    return this.#known.token
  }

  get bus(): BusAccount {
    return this.#known.bus
  }

  /** Asks for a new password: the bus refused the one that it has. @throws PolyvisorError when the agent was removed */
  async renewBusAccount(): Promise<BusAccount> {
    const { client } = this.#parts
    const bus = await patiently(this.#parts, 'a new account on the bus', () => client.renewBusAccount(this.token))
    this.#known = { ...this.#known, bus }
    await this.#save()
    return bus
  }

  async #save(): Promise<void> {
    const file = fileOf(this.#parts)
    await writeFile(`${file}.part`, `${JSON.stringify(this.#known)}\n`, { mode: 0o600 })
    await rename(`${file}.part`, file)
  }
}

function fileOf({ stateDir }: MembershipParts): string {
  return join(stateDir, 'membership.json')
}

async function readKnown(file: string): Promise<Enrolment | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Enrolment
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function enrol(parts: MembershipParts): Promise<Enrolment> {
  const { client, name, readSecret } = parts
  return patiently(parts, 'joining', async () => {
    const secret = await readSecret()
    if (secret === undefined) {
      throw new ControlRefusal(
        401,
        'no enrolment secret is there: put it into the file of the setting enrolmentSecretFile',
      )
    }
    const { id, token, bus } = await client.enrol(name, secret)
    return { id, token, bus }
  })
}

/** Tries until the API answers. What it refuses for good is thrown in words for the operator. */
async function patiently<T>(
  { log, signal, stateDir }: MembershipParts,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ControlRefusal && error.status < 500 && error.status !== 429) {
        const text =
          what === 'joining'
            ? `The control plane refused this agent: ${error.message}`
            : `The control plane does not know this agent any more (${error.message}). To enrol it anew, remove ${stateDir}/membership.json and start it again.`
        throw new PolyvisorError('unauthorized', 'agent-refused', text, { cause: error })
      }
      log.warn({ err: error, what, againInMs: pauseMs }, 'the control plane cannot be reached; it is tried again')
      await delay(pauseMs, signal)
      if (signal.aborted) throw error
    }
  }
}
