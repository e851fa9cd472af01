/**
 * A talk with the QEMU guest agent, over a session of its own: a guest decides how long its agent takes, and no other call may
 * wait for that.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { LibvirtConnection } from '../libvirt/connection.ts'
import { cancelled } from '../local/refusals.ts'

export type OpenSession = () => LibvirtConnection

/** @param answerSeconds for one answer; what the agent is asked first is answered within 5 s or not at all */
export interface AgentTalk {
  readonly uuid: string
  readonly answerSeconds: number
  readonly signal?: AbortSignal
}

/** @throws DriverError UNSUPPORTED without a channel, BUSY while nobody answers: both without effect; CANCELLED with effect `unknown` */
export async function talkToAgent<T>(
  openSession: OpenSession,
  { uuid, answerSeconds, signal }: AgentTalk,
  talk: (session: LibvirtConnection) => Promise<T>,
): Promise<T> {
  const session = openSession()
  const end = (): void => void session.close()
  signal?.addEventListener('abort', end, { once: true })
  try {
    await session.call('pingAgent', { uuid, agentSeconds: answerSeconds }).catch((error: unknown) => {
      throw unanswered(error)
    })
    if (signal?.aborted === true) throw cancelled()
    return await talk(session)
  } catch (error) {
    throw signal?.aborted === true ? cancelled('unknown') : error
  } finally {
    signal?.removeEventListener('abort', end)
    await session.close()
  }
}

function unanswered(error: unknown): unknown {
  if (!(error instanceof DriverError) || (error.code !== 'TIMEOUT' && error.code !== 'UNSUPPORTED')) return error
  const { native } = error
  const why = { effect: 'none', ...(native === undefined ? {} : { native }) } as const
  return error.code === 'TIMEOUT'
    ? new DriverError('BUSY', 'The agent in the guest does not answer.', why)
    : new DriverError('UNSUPPORTED', 'This virtual machine was made without a channel to an agent.', why)
}
