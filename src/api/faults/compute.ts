import type { Fault } from './fault.ts'

const namesByStatus: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
}

/** Nova's: one key named after the kind of fault. */
export function computeEnvelope(fault: Fault): object {
  return { [namesByStatus[fault.status] ?? 'computeFault']: { code: fault.status, message: fault.message } }
}
