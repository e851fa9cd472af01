/** Long work of a domain, of which it has one at a time: how far it is, and how the last one ended. Child process only. */
import type { Caller } from './calls.ts'
import type { Pointer } from './native.ts'
import type { DomainJob } from './protocol.ts'

/** virDomainGetJobStatsFlags */
const completed = 1

export function readJob(caller: Caller, domain: Pointer): DomainJob {
  const info: Record<string, unknown> = {}
  caller.number('virDomainGetJobInfo', domain, info)
  return { type: Number(info['type']), totalBytes: Number(info['dataTotal']), doneBytes: Number(info['dataProcessed']) }
}

/** @returns virDomainJobType of the last job that is over */
export function readLastJob(caller: Caller, domain: Pointer): number {
  const type = [0]
  const params: [Pointer] = [null]
  const count = [0]
  caller.number('virDomainGetJobStats', domain, type, params, count, completed)
  caller.native.virTypedParamsFree(params[0], count[0])
  return type[0] ?? 0
}
