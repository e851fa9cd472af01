/** virDomainListGetStats for one domain. Child process only. */
import koffi from 'koffi'
import type { Caller } from './calls.ts'
import type { Pointer } from './native.ts'
import type { DomainStats } from './protocol.ts'
import { readTypedParameters } from './typed-parameters.ts'

export function readStats(caller: Caller, domain: Pointer, types: number): DomainStats {
  const out: [Pointer] = [null]
  const count = caller.number('virDomainListGetStats', [domain, null], types, out, 0)
  try {
    if (count === 0) return {}
    const [first] = koffi.decode(out[0], 'void*', 1) as Pointer[]
    const record = koffi.decode(first, 'virDomainStatsRecord') as { params: Pointer; nparams: number }
    return readTypedParameters(record.params, record.nparams)
  } finally {
    caller.native.virDomainStatsRecordListFree(out[0])
  }
}
