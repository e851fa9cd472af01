/** What each call may have to wait for, and how long it is waited for. */
import { domainState } from './constants.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DomainInfo, LibvirtCallName } from './protocol.ts'

/**
 * - `host`: of the machine, of no guest.
 * - `quick`: of a domain, without its emulator. It waits only while libvirtd ends that emulator.
 * - `question`: the emulator answers it; nothing changes.
 * - `change`: the emulator does it, or nobody else may be at the domain.
 * - `end`: sets others free. libvirtd kills an emulator that does not listen, which takes it some 10 s.
 * - `long`: as much memory as the guest has goes to disk or comes from there.
 * - `watched`: as long as the caller wants, who closes the connection.
 */
export type CallKind = 'host' | 'quick' | 'question' | 'change' | 'end' | 'long' | 'watched'

export const callKinds: Readonly<Record<LibvirtCallName, CallKind>> = {
  versions: 'host',
  capabilities: 'host',
  domainCapabilities: 'host',
  nodeInfo: 'host',
  listDomains: 'quick',
  lookup: 'quick',
  info: 'quick',
  xml: 'quick',
  getMetadata: 'quick',
  stats: 'question',
  job: 'question',
  lastJob: 'question',
  screenshot: 'question',
  openGraphics: 'question',
  define: 'change',
  undefine: 'change',
  setMetadata: 'change',
  setTitle: 'change',
  shutdown: 'change',
  reboot: 'change',
  reset: 'change',
  suspend: 'change',
  resume: 'change',
  managedSaveRemove: 'change',
  beginBackup: 'change',
  attachDevice: 'change',
  detachDevice: 'change',
  pingAgent: 'change',
  setUserPassword: 'change',
  freezeFileSystems: 'change',
  thawFileSystems: 'change',
  destroy: 'end',
  abortJob: 'end',
  create: 'long',
  managedSave: 'long',
  migrate: 'watched',
}

export interface CallLimits {
  /** From when on an emulator that owes libvirtd an answer is asked nothing more. */
  readonly hungMs: number
  readonly questionMs: number
  /** Longer than libvirtd itself waits until another call has left the domain: 30 s. */
  readonly changeMs: number
  /** `long` ends when for this time nothing moved. */
  readonly stallMs: number
}

/** @param answerMs how long a guest's emulator may take to answer a question */
export function limitsFor(answerMs: number): CallLimits {
  return { hungMs: answerMs / 3, questionMs: answerMs, changeMs: 4 * answerMs, stallMs: 8 * answerMs }
}

export const defaultLimits = limitsFor(15_000)
/** libvirtd itself may take so long to find what its emulators can, or to kill one. */
const daemonMs = 60_000

/** @returns undefined for what has no fixed limit */
export function limitOf(kind: CallKind, limits: CallLimits): number | undefined {
  if (kind === 'question') return limits.questionMs
  if (kind === 'change') return limits.changeMs
  return kind === 'long' || kind === 'watched' ? undefined : daemonMs
}

/** What a call that was given up says. */
export function lateError(name: LibvirtCallName): DriverError {
  const native = `libvirt did not answer to ${name} in time`
  switch (callKinds[name]) {
    case 'host':
    case 'quick':
      return new DriverError('BUSY', 'The hypervisor does not answer at the moment.', { effect: 'none', native })
    case 'question':
      return new DriverError('BUSY', 'The virtual machine does not answer at the moment.', { effect: 'none', native })
    default:
      return new DriverError('TIMEOUT', 'The virtual machine does not answer.', { effect: 'unknown', native })
  }
}

/**
 * Another one each time that long work has moved: a guest that is saved or restored stands still meanwhile, so what its emulator
 * computes is the work.
 */
export function traceOf({ state, cpuTimeNs }: DomainInfo): string {
  return state === domainState.running ? 'running' : `${state} ${cpuTimeNs}`
}
