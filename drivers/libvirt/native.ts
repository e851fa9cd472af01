/**
 * libvirt.so.0 through koffi: declarations and the three helpers that keep memory and errors right. Loaded in the child
 * process only: libvirt keeps errors per thread and its event loop per process, so a process has exactly one connection
 * and makes its calls synchronously. Owns the fault hook's count of native calls.
 */
import koffi from 'koffi'
import type { Death, NativeError } from './protocol.ts'

/** A C pointer; only handed on, never looked into. */
export type Pointer = unknown

// eslint-disable-next-line house/no-explicit-any -- koffi's functions take and return whatever their C declaration says
export type NativeFunction = ((...args: unknown[]) => any) & { async: (...args: unknown[]) => void }

const declarations = {
  virInitialize: 'int virInitialize()',
  virGetVersion: 'int virGetVersion(_Out_ ulong*, void*, void*)',
  virGetLastError: 'virError* virGetLastError()',
  virResetLastError: 'void virResetLastError()',
  virSetErrorFunc: 'void virSetErrorFunc(void*, void*)',
  virEventRegisterDefaultImpl: 'int virEventRegisterDefaultImpl()',
  virEventRunDefaultImpl: 'int virEventRunDefaultImpl()',
  virEventAddTimeout: 'int virEventAddTimeout(int, void*, void*, void*)',
  virConnectOpen: 'void* virConnectOpen(const char*)',
  virConnectClose: 'int virConnectClose(void*)',
  virConnectIsAlive: 'int virConnectIsAlive(void*)',
  virConnectSetKeepAlive: 'int virConnectSetKeepAlive(void*, int, uint)',
  virConnectRegisterCloseCallback: 'int virConnectRegisterCloseCallback(void*, void*, void*, void*)',
  virConnectDomainEventRegisterAny: 'int virConnectDomainEventRegisterAny(void*, void*, int, void*, void*, void*)',
  virConnectGetVersion: 'int virConnectGetVersion(void*, _Out_ ulong*)',
  virConnectGetCapabilities: 'HeapStr virConnectGetCapabilities(void*)',
  virConnectGetDomainCapabilities:
    'HeapStr virConnectGetDomainCapabilities(void*, const char*, const char*, const char*, const char*, uint)',
  virConnectListAllDomains: 'int virConnectListAllDomains(void*, _Out_ void**, uint)',
  virNodeGetInfo: 'int virNodeGetInfo(void*, _Out_ virNodeInfo*)',
  virDomainLookupByUUIDString: 'void* virDomainLookupByUUIDString(void*, const char*)',
  virDomainDefineXML: 'void* virDomainDefineXML(void*, const char*)',
  virDomainCreateWithFlags: 'int virDomainCreateWithFlags(void*, uint)',
  virDomainShutdownFlags: 'int virDomainShutdownFlags(void*, uint)',
  virDomainReboot: 'int virDomainReboot(void*, uint)',
  virDomainReset: 'int virDomainReset(void*, uint)',
  virDomainDestroy: 'int virDomainDestroy(void*)',
  virDomainUndefineFlags: 'int virDomainUndefineFlags(void*, uint)',
  virDomainSuspend: 'int virDomainSuspend(void*)',
  virDomainResume: 'int virDomainResume(void*)',
  virDomainManagedSave: 'int virDomainManagedSave(void*, uint)',
  virDomainManagedSaveRemove: 'int virDomainManagedSaveRemove(void*, uint)',
  virDomainHasManagedSaveImage: 'int virDomainHasManagedSaveImage(void*, uint)',
  virDomainGetInfo: 'int virDomainGetInfo(void*, _Out_ virDomainInfo*)',
  virDomainGetControlInfo: 'int virDomainGetControlInfo(void*, _Out_ virDomainControlInfo*, uint)',
  virDomainGetState: 'int virDomainGetState(void*, _Out_ int*, _Out_ int*, uint)',
  virDomainGetName: 'const char* virDomainGetName(void*)',
  virDomainGetUUIDString: 'int virDomainGetUUIDString(void*, _Out_ char*)',
  virDomainGetXMLDesc: 'HeapStr virDomainGetXMLDesc(void*, uint)',
  virDomainGetMetadata: 'HeapStr virDomainGetMetadata(void*, int, const char*, uint)',
  virDomainSetMetadata: 'int virDomainSetMetadata(void*, int, const char*, const char*, const char*, uint)',
  virDomainIsActive: 'int virDomainIsActive(void*)',
  virDomainFree: 'int virDomainFree(void*)',
  virDomainListGetStats: 'int virDomainListGetStats(void**, uint, _Out_ void**, uint)',
  virDomainStatsRecordListFree: 'void virDomainStatsRecordListFree(void*)',
  virDomainBackupBegin: 'int virDomainBackupBegin(void*, const char*, const char*, uint)',
  virDomainGetJobStats: 'int virDomainGetJobStats(void*, _Out_ int*, _Out_ void**, _Out_ int*, uint)',
  virDomainAbortJob: 'int virDomainAbortJob(void*)',
  virDomainMigrateToURI3: 'int virDomainMigrateToURI3(void*, const char*, void*, uint, uint)',
  virTypedParamsAddString:
    'int virTypedParamsAddString(_Inout_ void**, _Inout_ int*, _Inout_ int*, const char*, const char*)',
  virTypedParamsFree: 'void virTypedParamsFree(void*, int)',
  virDomainAttachDeviceFlags: 'int virDomainAttachDeviceFlags(void*, const char*, uint)',
  virDomainDetachDeviceAlias: 'int virDomainDetachDeviceAlias(void*, const char*, uint)',
  virDomainAgentSetResponseTimeout: 'int virDomainAgentSetResponseTimeout(void*, int, uint)',
  virDomainGetTime: 'int virDomainGetTime(void*, _Out_ int64_t*, _Out_ uint*, uint)',
  virDomainFSFreeze: 'int virDomainFSFreeze(void*, void*, uint, uint)',
  virDomainFSThaw: 'int virDomainFSThaw(void*, void*, uint, uint)',
  virDomainSetUserPassword: 'int virDomainSetUserPassword(void*, const char*, const char*, uint)',
  virDomainOpenGraphicsFD: 'int virDomainOpenGraphicsFD(void*, uint, uint)',
  virDomainScreenshot: 'HeapStr virDomainScreenshot(void*, void*, uint, uint)',
  virStreamNew: 'void* virStreamNew(void*, uint)',
  virStreamRecv: 'int virStreamRecv(void*, _Out_ uint8_t*, size_t)',
  virStreamFinish: 'int virStreamFinish(void*)',
  virStreamAbort: 'int virStreamAbort(void*)',
  virStreamFree: 'int virStreamFree(void*)',
} as const
export type NativeName = keyof typeof declarations
export type Native = Readonly<Record<NativeName, NativeFunction>> & { readonly free: NativeFunction }

/** Loads the library. @throws Error when libvirt.so.0 is not there */
export function loadNative(): Native {
  const library = koffi.load('libvirt.so.0')
  const free = koffi.load('libc.so.6').func('void free(void*)') as unknown as NativeFunction
  declareTypes(free)
  const entries = Object.entries(declarations).map(([name, declaration]) => [name, library.func(declaration)])
  return { ...Object.fromEntries(entries), free } as Native
}

function declareTypes(free: NativeFunction): void {
  koffi.struct('virError', {
    code: 'int',
    domain: 'int',
    message: 'str',
    level: 'int',
    conn: 'void*',
    dom: 'void*',
    str1: 'str',
    str2: 'str',
    str3: 'str',
    int1: 'int',
    int2: 'int',
    net: 'void*',
  })
  koffi.struct('virDomainInfo', {
    state: 'uchar',
    maxMem: 'ulong',
    memory: 'ulong',
    nrVirtCpu: 'ushort',
    cpuTime: 'uint64',
  })
  koffi.struct('virDomainControlInfo', { state: 'uint', details: 'uint', stateTime: 'uint64' })
  koffi.struct('virNodeInfo', {
    model: koffi.array('char', 32),
    memory: 'ulong',
    cpus: 'uint',
    mhz: 'uint',
    nodes: 'uint',
    sockets: 'uint',
    cores: 'uint',
    threads: 'uint',
  })
  koffi.struct('virDomainStatsRecord', { dom: 'void*', params: 'void*', nparams: 'int' })
  // Strings that libvirt allocates: freed as soon as they are copied.
  koffi.disposable('HeapStr', 'str', free)
  koffi.proto('void ErrorCallback(void*, void*)')
  koffi.proto('void TimeoutCallback(int, void*)')
  koffi.proto('void CloseCallback(void*, int, void*)')
  koffi.proto('int LifecycleCallback(void*, void*, int, int, void*)')
  koffi.proto('void RebootCallback(void*, void*, void*)')
}

/** A native call failed; `native` is libvirt's own account of it. */
export class NativeCallError extends Error {
  readonly native: NativeError

  constructor(native: NativeError) {
    super(native.message)
    this.native = native
  }
}

/** The calling thread's last error. Only right after a synchronous call that failed. */
export function lastError(native: Native, call: string, connection: Pointer): NativeError {
  const pointer: Pointer = native.virGetLastError()
  // Copied before the next native call, which would clear it.
  const found = pointer === null ? null : (koffi.decode(pointer, 'virError') as Partial<NativeError>)
  const isDisconnected = connection !== null && native.virConnectIsAlive(connection) !== 1
  return {
    code: found?.code ?? 0,
    domain: found?.domain ?? 0,
    message: found?.message ?? 'no reason given',
    int1: found?.int1 ?? 0,
    call,
    isDisconnected,
  }
}

/** Counts native calls, and dies where the fault hook says so: `tick` never returns then. */
export class NativeCalls {
  #made = 0
  #death: Death | undefined

  /** Of one call of the protocol. */
  begin(death: Death | undefined): void {
    this.#made = 0
    this.#death = death
  }

  get made(): number {
    return this.#made
  }

  readonly tick = (): void => {
    if (++this.#made !== this.#death?.afterNativeCalls) return
    if (this.#death.victim === 'service') process.kill(process.ppid, 'SIGKILL')
    process.kill(process.pid, 'SIGKILL')
  }
}
