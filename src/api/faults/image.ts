import type { Fault } from './fault.ts'

/** Glance's flat one, and the same inside `error`: openstacksdk shows the message of nested objects only. */
export function imageEnvelope(fault: Fault): object {
  const { title, message } = fault
  return { code: `${fault.status} ${title}`, title, message, error: { code: fault.status, title, message } }
}
