/** libvirt's error numbers as the contract's closed codes. Only numbers decide, never libvirt's words. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DriverErrorCode, Effect } from '../../src/driver/driver-error.ts'
import { virError } from './constants.ts'
import type { NativeError } from './protocol.ts'

const errnoNoSpace = 28
const errnoQuota = 122
const errnoAccess = 13
const errnoPermission = 1

interface Meaning {
  readonly code: DriverErrorCode
  readonly effect: Effect
  readonly publicMessage: string
}

const meanings: Readonly<Record<number, Meaning>> = {
  [virError.noDomain]: { code: 'NOT_FOUND', effect: 'none', publicMessage: 'The virtual machine is not on this host.' },
  [virError.operationInvalid]: {
    code: 'WRONG_STATE',
    effect: 'none',
    publicMessage: 'The virtual machine is not in a state in which this can be done.',
  },
  [virError.resourceBusy]: busy(),
  [virError.operationTimeout]: busy(),
  [virError.agentUnresponsive]: timeout(),
  [virError.agentUnsynced]: timeout(),
  [virError.agentCommandTimeout]: timeout(),
  [virError.domainExists]: {
    code: 'CONFLICT',
    effect: 'none',
    publicMessage: 'Another virtual machine has this identity.',
  },
  [virError.noSupport]: unsupported(),
  [virError.configUnsupported]: unsupported(),
  [virError.argumentUnsupported]: unsupported(),
  [virError.operationUnsupported]: unsupported(),
  [virError.osType]: unsupported(),
  [virError.cpuIncompatible]: {
    code: 'INCOMPATIBLE',
    effect: 'none',
    publicMessage: 'The host lacks a CPU feature that is needed.',
  },
  [virError.xmlError]: invalid(),
  [virError.xmlDetail]: invalid(),
  [virError.xmlInvalidSchema]: invalid(),
  [virError.noMemory]: { code: 'NO_CAPACITY', effect: 'unknown', publicMessage: 'The host is out of memory.' },
  [virError.operationAborted]: { code: 'CANCELLED', effect: 'unknown', publicMessage: 'The work was cancelled.' },
  [virError.authFailed]: denied(),
  [virError.authCancelled]: denied(),
  [virError.authUnavailable]: denied(),
  [virError.accessDenied]: denied(),
  [virError.operationDenied]: denied(),
  [virError.noConnect]: unreachable(),
  [virError.rpc]: unreachable(),
  [virError.noServer]: unreachable(),
  [virError.noClient]: unreachable(),
  [virError.invalidArg]: { code: 'BUG', effect: 'none', publicMessage: 'The hypervisor did not understand a request.' },
}

/** A libvirt error as the only error that may leave a driver. */
export function toDriverError(native: NativeError): DriverError {
  const { code, effect, publicMessage } = meaningOf(native)
  const text = `libvirt error ${native.code}/${native.domain} in ${native.call}: ${native.message}`
  if (native.isDisconnected) return connectionLost(text)
  return new DriverError(code, publicMessage, { effect, native: text })
}

/**
 * The connection went away under a call. It is soon back or not: worth one more try in place, which then waits for the
 * connection and says `elsewhere` when there is none.
 */
export function connectionLost(native: string): DriverError {
  const { code, effect, publicMessage } = unreachable()
  return new DriverError(code, publicMessage, { effect, native, retry: 'later' })
}

function meaningOf(native: NativeError): Meaning {
  if (native.code === virError.systemError) return meaningOfErrno(native.int1)
  return meanings[native.code] ?? failed()
}

function meaningOfErrno(errno: number): Meaning {
  if (errno === errnoNoSpace || errno === errnoQuota) {
    return { code: 'STORAGE_FULL', effect: 'unknown', publicMessage: "The host's storage is full." }
  }
  return errno === errnoAccess || errno === errnoPermission ? denied() : failed()
}

function failed(): Meaning {
  return { code: 'HYPERVISOR', effect: 'unknown', publicMessage: 'The hypervisor reported an error.' }
}
function busy(): Meaning {
  return { code: 'BUSY', effect: 'none', publicMessage: 'The virtual machine is busy with another task.' }
}
function timeout(): Meaning {
  return { code: 'TIMEOUT', effect: 'unknown', publicMessage: 'The guest does not answer.' }
}
function unsupported(): Meaning {
  return { code: 'UNSUPPORTED', effect: 'none', publicMessage: 'The hypervisor cannot do this.' }
}
function invalid(): Meaning {
  return {
    code: 'INVALID_SPEC',
    effect: 'none',
    publicMessage: 'The hypervisor does not accept this description of a virtual machine.',
  }
}
function denied(): Meaning {
  return { code: 'DENIED', effect: 'unknown', publicMessage: 'The host does not permit this.' }
}
function unreachable(): Meaning {
  return { code: 'UNREACHABLE', effect: 'unknown', publicMessage: 'The hypervisor cannot be reached at the moment.' }
}
