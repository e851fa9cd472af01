/**
 * Each call of the protocol as native libvirt calls. Runs in the child process; everything is synchronous, so that the
 * thread's last error belongs to the call that just failed. Every pointer that a call takes is freed before it answers.
 */
import koffi from 'koffi'
import { agentCalls } from './agent-calls.ts'
import { affect, metadataType, openGraphicsFlag, virError } from './constants.ts'
import { refuseHung } from './emulator.ts'
import { readJob, readLastJob } from './jobs.ts'
import { migrate } from './migrate-call.ts'
import type { Native, NativeName, Pointer } from './native.ts'
import { NativeCallError, lastError } from './native.ts'
import type { DomainInfo, DomainStats, DomainSummary, LibvirtCalls } from './protocol.ts'
import { readStats } from './stats.ts'
import { receiveStream } from './stream.ts'

const firstGraphics = 0

/** Makes one counted native call and throws what libvirt says when its answer means failure. */
export class Caller {
  readonly native: Native
  readonly connection: Pointer
  /** An emulator that owes an answer for longer is asked nothing more. */
  readonly hungMs: number
  readonly #onNativeCall: () => void

  constructor(
    native: Native,
    connection: Pointer,
    { hungMs, onNativeCall }: { readonly hungMs: number; readonly onNativeCall: () => void } = {
      hungMs: Infinity,
      onNativeCall: () => undefined,
    },
  ) {
    this.native = native
    this.connection = connection
    this.hungMs = hungMs
    this.#onNativeCall = onNativeCall
  }

  /** For functions that answer -1 on failure. */
  number(name: NativeName, ...args: unknown[]): number {
    const answer = this.native[name](...args) as number
    if (answer < 0) throw this.#failure(name)
    this.#onNativeCall()
    return answer
  }

  /** For functions that answer NULL on failure. */
  pointer(name: NativeName, ...args: unknown[]): Pointer {
    const answer: Pointer = this.native[name](...args)
    if (answer === null) throw this.#failure(name)
    this.#onNativeCall()
    return answer
  }

  text(name: NativeName, ...args: unknown[]): string {
    return this.pointer(name, ...args) as string
  }

  #failure(name: NativeName): NativeCallError {
    const error = lastError(this.native, name, this.connection)
    this.#onNativeCall()
    return new NativeCallError(error)
  }

  /** Looks a domain up, hands it to `use` and frees it. */
  withDomain<T>(uuid: string, use: (domain: Pointer) => T): T {
    const domain = this.pointer('virDomainLookupByUUIDString', this.connection, uuid)
    try {
      return use(domain)
    } finally {
      this.native.virDomainFree(domain)
    }
  }

  /** The same, for what waits for the domain's emulator, or for whoever waits for it. @throws NativeCallError when it does not answer */
  withGuest<T>(uuid: string, use: (domain: Pointer) => T): T {
    return this.withDomain(uuid, (domain) => {
      refuseHung(this, domain)
      return use(domain)
    })
  }

  /** Without a round trip: a domain pointer knows its uuid. */
  uuidOf(domain: Pointer): string {
    const buffer = Buffer.alloc(37)
    this.native.virDomainGetUUIDString(domain, buffer)
    return buffer.toString('latin1', 0, 36)
  }
}

function isError(error: unknown, code: number): boolean {
  return error instanceof NativeCallError && error.native.code === code
}

function metadataOf(caller: Caller, domain: Pointer, uri: string): string | null {
  try {
    return caller.text('virDomainGetMetadata', domain, metadataType.element, uri, affect.current)
  } catch (error) {
    if (isError(error, virError.noDomainMetadata)) return null
    throw error
  }
}

function summaryOf(caller: Caller, domain: Pointer, metadataUri: string): DomainSummary {
  const state = [0]
  const reason = [0]
  const metadata = metadataOf(caller, domain, metadataUri)
  caller.number('virDomainGetState', domain, state, reason, 0)
  return {
    uuid: caller.uuidOf(domain),
    name: caller.native.virDomainGetName(domain) as string,
    state: state[0] ?? 0,
    reason: reason[0] ?? 0,
    hasManagedSave: hasManagedSave(caller, domain),
    metadata,
  }
}

function hasManagedSave(caller: Caller, domain: Pointer): boolean {
  return caller.number('virDomainHasManagedSaveImage', domain, 0) === 1
}

function infoOf(caller: Caller, domain: Pointer): DomainInfo {
  const info: Record<string, unknown> = {}
  caller.number('virDomainGetInfo', domain, info)
  return {
    state: Number(info['state']),
    maxMemoryKib: Number(info['maxMem']),
    memoryKib: Number(info['memory']),
    vcpus: Number(info['nrVirtCpu']),
    cpuTimeNs: Number(info['cpuTime']),
  }
}

function listDomains(caller: Caller, metadataUri: string, onlyMarked: boolean): DomainSummary[] {
  const out: [Pointer] = [null]
  const count = caller.number('virConnectListAllDomains', caller.connection, out, 0)
  const domains = count === 0 ? [] : (koffi.decode(out[0], 'void*', count) as Pointer[])
  const found: DomainSummary[] = []
  try {
    for (const domain of domains) {
      try {
        if (onlyMarked && metadataOf(caller, domain, metadataUri) === null) continue
        found.push(summaryOf(caller, domain, metadataUri))
      } catch (error) {
        if (!isError(error, virError.noDomain)) throw error // undefined since the list was made
      }
    }
  } finally {
    for (const domain of domains) caller.native.virDomainFree(domain)
    caller.native.free(out[0])
  }
  return found
}

function setMetadata(
  caller: Caller,
  uuid: string,
  type: number,
  text: string | null,
  prefix: string | null,
  uri: string | null,
): void {
  caller.withGuest(uuid, (domain) => {
    const live = caller.number('virDomainIsActive', domain) === 1 ? affect.live : 0
    caller.number('virDomainSetMetadata', domain, type, text, prefix, uri, affect.config | live)
  })
}

function versionText(version: number): string {
  return `${Math.floor(version / 1e6)}.${Math.floor(version / 1e3) % 1e3}.${version % 1e3}`
}

function versions(caller: Caller): { libvirt: string; hypervisor: string } {
  const library = [0]
  const hypervisor = [0]
  caller.number('virGetVersion', library, null, null)
  caller.number('virConnectGetVersion', caller.connection, hypervisor)
  return { libvirt: versionText(Number(library[0])), hypervisor: versionText(Number(hypervisor[0])) }
}

function screenshot(caller: Caller, uuid: string, maxBytes: number): { mimeType: string; base64: string } | null {
  return caller.withGuest(uuid, (domain) => {
    let mimeType = ''
    const picture = receiveStream(caller, maxBytes, (stream) => {
      mimeType = caller.text('virDomainScreenshot', domain, stream, 0, 0)
    })
    return picture === null ? null : { mimeType, base64: picture.toString('base64') }
  })
}

/** The whole protocol over one open connection. */
export function makeCalls(caller: Caller): LibvirtCalls {
  const onDomain = (uuid: string, name: NativeName, ...args: unknown[]): void => {
    caller.withDomain(uuid, (domain) => caller.number(name, domain, ...args))
  }
  const onGuest = (uuid: string, name: NativeName, ...args: unknown[]): void => {
    caller.withGuest(uuid, (domain) => caller.number(name, domain, ...args))
  }
  return {
    versions: () => versions(caller),
    capabilities: () => caller.text('virConnectGetCapabilities', caller.connection),
    domainCapabilities: ({ architecture, machine, type }) =>
      caller.text('virConnectGetDomainCapabilities', caller.connection, null, architecture, machine, type, 0),
    nodeInfo: () => {
      const info: Record<string, unknown> = {}
      caller.number('virNodeGetInfo', caller.connection, info)
      return {
        model: String(info['model']),
        memoryKib: Number(info['memory']),
        cpus: Number(info['cpus']),
        mhz: Number(info['mhz']),
      }
    },
    listDomains: ({ metadataUri, onlyMarked }) => listDomains(caller, metadataUri, onlyMarked),
    lookup: ({ uuid, metadataUri }) => {
      try {
        return caller.withDomain(uuid, (domain) => summaryOf(caller, domain, metadataUri))
      } catch (error) {
        if (isError(error, virError.noDomain)) return null
        throw error
      }
    },
    define: ({ xml }) => {
      const domain = caller.pointer('virDomainDefineXML', caller.connection, xml)
      const uuid = caller.uuidOf(domain)
      caller.native.virDomainFree(domain)
      return uuid
    },
    create: ({ uuid, flags = 0 }) => onDomain(uuid, 'virDomainCreateWithFlags', flags),
    shutdown: ({ uuid, flags = 0 }) => onGuest(uuid, 'virDomainShutdownFlags', flags),
    reboot: ({ uuid, flags = 0 }) => onGuest(uuid, 'virDomainReboot', flags),
    reset: ({ uuid }) => onGuest(uuid, 'virDomainReset', 0),
    destroy: ({ uuid }) => onDomain(uuid, 'virDomainDestroy'),
    undefine: ({ uuid, flags }) => onGuest(uuid, 'virDomainUndefineFlags', flags),
    suspend: ({ uuid }) => onGuest(uuid, 'virDomainSuspend'),
    resume: ({ uuid }) => onGuest(uuid, 'virDomainResume'),
    managedSave: ({ uuid }) => onGuest(uuid, 'virDomainManagedSave', 0),
    managedSaveRemove: ({ uuid }) => onDomain(uuid, 'virDomainManagedSaveRemove', 0),
    info: ({ uuid }) => caller.withDomain(uuid, (domain) => infoOf(caller, domain)),
    xml: ({ uuid, flags = 0 }) =>
      caller.withDomain(uuid, (domain) => caller.text('virDomainGetXMLDesc', domain, flags)),
    getMetadata: ({ uuid, uri }) => caller.withDomain(uuid, (domain) => metadataOf(caller, domain, uri)),
    setMetadata: ({ uuid, uri, prefix, xml }) =>
      setMetadata(caller, uuid, metadataType.element, xml, xml === null ? null : prefix, uri),
    setTitle: ({ uuid, title }) => setMetadata(caller, uuid, metadataType.title, title, null, null),
    stats: ({ uuid, types }): DomainStats => caller.withGuest(uuid, (domain) => readStats(caller, domain, types)),
    beginBackup: ({ uuid, xml, flags }) => onGuest(uuid, 'virDomainBackupBegin', xml, null, flags),
    job: ({ uuid }) => caller.withDomain(uuid, (domain) => readJob(caller, domain)),
    lastJob: ({ uuid }) => caller.withDomain(uuid, (domain) => readLastJob(caller, domain)),
    abortJob: ({ uuid }) => onDomain(uuid, 'virDomainAbortJob'),
    migrate: (args) => caller.withGuest(args.uuid, (domain) => migrate(caller, domain, args)),
    attachDevice: ({ uuid, xml }) => onGuest(uuid, 'virDomainAttachDeviceFlags', xml, affect.live),
    detachDevice: ({ uuid, alias }) => onGuest(uuid, 'virDomainDetachDeviceAlias', alias, affect.live),
    ...agentCalls(caller),
    openGraphics: ({ uuid }) =>
      caller.withGuest(uuid, (domain) =>
        caller.number('virDomainOpenGraphicsFD', domain, firstGraphics, openGraphicsFlag.skipAuth),
      ),
    screenshot: ({ uuid, maxBytes }) => screenshot(caller, uuid, maxBytes),
  }
}
