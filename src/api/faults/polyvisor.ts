import type { Fault } from './fault.ts'

/** Our own: a stable code for programs, the request id for the operator. */
export function polyvisorEnvelope(fault: Fault): object {
  const { code, status, message, requestId, details } = fault
  return { error: { code, status, message, request_id: requestId, ...(details === undefined ? {} : { details }) } }
}
