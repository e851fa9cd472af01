/** Long work of a domain, of which it has one at a time: what it is, how far, and how the last one ended. Child process only. */
import type { Caller } from './calls.ts'
import { jobType } from './constants.ts'
import { owedForMs } from './emulator.ts'
import type { Pointer } from './native.ts'
import type { DomainJob } from './protocol.ts'
import { readTypedParameters, type TypedParameters } from './typed-parameters.ts'

/** virDomainGetJobStatsFlags */
const completed = 1

/** Of type `none` a moment before the last of a job is done: QEMU may still write and close its files. */
export function readJob(caller: Caller, domain: Pointer): DomainJob {
  // Whoever is at the emulator is there for something short: long work would be told in that place.
  if (owedForMs(caller, domain) > 0) return { type: jobType.none, operation: 0, totalBytes: 0, doneBytes: 0 }
  const { type, parameters } = readStats(caller, domain, 0)
  // A backup tells of disks alone.
  const bytesOf = (what: string): number => Number(parameters[`data_${what}`] ?? parameters[`disk_${what}`] ?? 0)
  const operation = Number(parameters['operation'] ?? 0)
  return { type, operation, totalBytes: bytesOf('total'), doneBytes: bytesOf('processed') }
}

/** @returns virDomainJobType of the last job that is over */
export function readLastJob(caller: Caller, domain: Pointer): number {
  return readStats(caller, domain, completed).type
}

function readStats(caller: Caller, domain: Pointer, flags: number): { type: number; parameters: TypedParameters } {
  const type = [0]
  const out: [Pointer] = [null]
  const count = [0]
  caller.number('virDomainGetJobStats', domain, type, out, count, flags)
  try {
    return { type: type[0] ?? 0, parameters: readTypedParameters(out[0], count[0] ?? 0) }
  } finally {
    caller.native.virTypedParamsFree(out[0], count[0])
  }
}
