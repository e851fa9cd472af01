/** Whether a domain's emulator owes libvirtd an answer. Asking needs neither: it waits for nobody. Child process only. */
import type { Caller } from './calls.ts'
import { controlState, virError } from './constants.ts'
import type { Pointer } from './native.ts'
import { NativeCallError } from './native.ts'

/** @returns for how many milliseconds the emulator has owed an answer to a call that is not part of long work; 0 when it owes none */
export function owedForMs(caller: Caller, domain: Pointer): number {
  const info: { state?: number; stateTime?: number | bigint } = {}
  // One that is off owes none; libvirt's test hypervisor knows no such question.
  const hasAnswer = caller.native.virDomainGetControlInfo(domain, info, 0) === 0
  return hasAnswer && info.state === controlState.occupied ? Math.max(1, Number(info.stateTime)) : 0
}

/** libvirtd would wait for 30 s, and keep a thread for it. @throws NativeCallError that means BUSY */
export function refuseHung(caller: Caller, domain: Pointer): void {
  const ms = owedForMs(caller, domain)
  if (ms <= caller.hungMs) return
  throw new NativeCallError({
    code: virError.operationTimeout,
    domain: 0,
    message: `the emulator has owed an answer for ${ms} ms`,
    int1: 0,
    call: 'virDomainGetControlInfo',
    isDisconnected: false,
  })
}
