import type { Fault } from './fault.ts'

/** Keystone's. */
export function identityEnvelope(fault: Fault): object {
  return { error: { code: fault.status, title: fault.title, message: fault.message } }
}
