/**
 * Which libvirt a driver talks to: a URI that was configured, the machine's own libvirtd, or one that we start.
 * The choice is sticky: once we have a daemon of our own with guests in it, a system libvirtd that appears later changes nothing.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../../src/util/logger.ts'
import { hasCpuController } from './control-groups.ts'
import { LibvirtDaemon, socketAnswers } from './daemon.ts'
import type { GuestUser } from './guest-user.ts'
import { assertCanEnter, chooseGuestUser } from './guest-user.ts'

export interface LibvirtEndpoint {
  /** For messages: `qemu:///system`, or whose daemon it is. */
  readonly description: string
  /** As whom guests run; undefined where libvirtd itself hands disks over to its guests' user. */
  readonly guestUser: GuestUser | undefined
  /** Whether it has control groups, by which alone CPU time is limited: an unprivileged libvirtd has none, nor has a machine without. */
  readonly hasControlGroups: boolean
  /** Makes sure that it can be reached, and says how. @throws Error for the operator */
  prepare(signal: AbortSignal): Promise<{ readonly uri: string }>
  /** Where a daemon of our own listens. */
  readonly socketPath?: () => Promise<string>
  /** Removes the files that libvirt leaves of a guest that is gone. Others' daemons have an operator who rotates their logs. */
  removeTraces(domainName: string): Promise<void>
  /** Ends a daemon of our own; does nothing to others. */
  stop(): Promise<void>
}

export interface EndpointOptions {
  readonly stateDir: string
  readonly hostUuid: string
  readonly log: Logger
  /** A libvirt URI to use as it is. */
  readonly uri?: string
  /** As whom our own daemon and its guests run. */
  readonly user?: string
  /** `auto`: the system's where it answers, else our own. */
  readonly daemon?: 'auto' | 'own' | 'system'
}

export const systemSocket = '/run/libvirt/libvirt-sock'
const systemUri = 'qemu:///system'
/** Debian's name for it. */
const systemGuestUser = 'libvirt-qemu'

export async function chooseEndpoint(options: EndpointOptions): Promise<LibvirtEndpoint> {
  const { uri, daemon = 'auto', stateDir } = options
  if (uri !== undefined) return await fixedEndpoint(uri)
  if (daemon === 'system') return await systemEndpoint(stateDir)
  const hasOwn = await stat(join(stateDir, 'libvirt')).then(
    () => true,
    () => false,
  )
  if (daemon === 'auto' && !hasOwn && (await socketAnswers(systemSocket))) return await systemEndpoint(stateDir)
  const user = await chooseGuestUser(options.user)
  const own = new LibvirtDaemon({ stateDir, user, hostUuid: options.hostUuid, log: options.log })
  return {
    description: `libvirtd of our own as the user ${user.name}`,
    guestUser: user,
    hasControlGroups: false,
    prepare: async (signal) => ({ uri: await own.ensureRunning(signal) }),
    socketPath: () => own.socketPath(),
    removeTraces: (domainName) => own.removeTraces(domainName),
    stop: () => own.stop(),
  }
}

/** The system's libvirtd hands disks over to its guests' user, but cannot open our folders for it. */
async function systemEndpoint(stateDir: string): Promise<LibvirtEndpoint> {
  return {
    ...(await fixedEndpoint(systemUri)),
    prepare: async () => {
      const user = process.getuid?.() === 0 ? await chooseGuestUser(systemGuestUser).catch(() => undefined) : undefined
      if (user !== undefined) await assertCanEnter(user, stateDir)
      return { uri: systemUri }
    },
  }
}

async function fixedEndpoint(uri: string): Promise<LibvirtEndpoint> {
  const isElsewhere = !uri.includes(':///')
  return {
    description: uri,
    guestUser: undefined,
    hasControlGroups: !uri.includes('/session') && (isElsewhere || (await hasCpuController())),
    prepare: () => Promise.resolve({ uri }),
    removeTraces: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }
}
