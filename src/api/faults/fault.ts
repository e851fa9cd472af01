/** A fault on its way to a client, before its service's envelope. Unknown errors become a plain 500 that tells nothing. */
import { STATUS_CODES } from 'node:http'
import { PolyvisorError } from '../../model/errors.ts'

export interface Fault {
  readonly status: number
  /** Stable, for programs. */
  readonly code: string
  /** HTTP's words for the status: `Not Found`. */
  readonly title: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly requestId: string
}

export function toFault(error: unknown, requestId: string): Fault {
  const known = error instanceof PolyvisorError ? error : undefined
  const status = known?.status ?? 500
  return {
    status,
    code: known?.code ?? 'internal',
    title: STATUS_CODES[status] ?? 'Error',
    message:
      known?.message ??
      `Something unexpected went wrong. Tell the operator the request id ${requestId}; the log holds the rest.`,
    details: known?.details,
    requestId,
  }
}
