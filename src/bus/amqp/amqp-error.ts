/** What the broker answers when it refuses: its codes, and what they mean for us. */
import { BusError } from '../bus-error.ts'

export const accessRefused = 403
export const notFound = 404
export const preconditionFailed = 406
const notAllowed = 530

/** The AMQP reply code of an error of amqplib's, when it is one. */
export function replyCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'number') return error.code
  // Refusals of the handshake come as text alone.
  const [, code] = /\b(403|530) \(/.exec(error.message) ?? []
  return code === undefined ? undefined : Number(code)
}

/** Credentials or the vhost are wrong: no repetition helps until somebody changes something at the broker. */
export function isRefusal(error: unknown): boolean {
  const code = replyCode(error)
  return code === accessRefused || code === notAllowed
}

export function messageOf(error: unknown): string {
  // amqplib keeps what the broker said to itself.
  if (error instanceof Error && error.message.startsWith('Expected ConnectionOpenOk; got <ConnectionClose'))
    return 'there is no such vhost, or it is not up, or the user may not use it'
  return error instanceof Error
    ? error.message || String((error as { code?: unknown }).code ?? error.name)
    : String(error)
}

/** @param what "the queue polyvisor.conductor", for example */
export function explainChannelError(what: string, error: unknown): BusError {
  const code = replyCode(error)
  const cause = { cause: error }
  if (code === preconditionFailed) {
    return new BusError(
      `${what} exists at the broker with other arguments than ours; delete it there (it is declared again) or use another vhost: ${messageOf(error)}`,
      cause,
    )
  }
  if (code === accessRefused) return new BusError(`the broker forbids us ${what}: ${messageOf(error)}`, cause)
  if (code === notFound) return new BusError(`${what} does not exist at the broker: ${messageOf(error)}`, cause)
  return new BusError(`${what} cannot be used: ${messageOf(error)}`, cause)
}
