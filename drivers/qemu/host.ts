/** What every part of the qemu driver works on: one libvirt connection and one state folder, both owned by driver.ts. */
import { join } from 'node:path'
import type { LibvirtConnection } from '../libvirt/connection.ts'
import type { GuestUser } from '../libvirt/guest-user.ts'
import type { Logger } from '../../src/util/logger.ts'
import type { QemuConfig } from './config.ts'
import type { ImageCache } from '../local/image-cache.ts'
import type { KvmProof } from './kvm-proof.ts'
import type { SharedStorage } from './shared-storage.ts'
import type { UefiFirmware } from './uefi.ts'

export interface QemuHost {
  readonly connection: LibvirtConnection
  readonly config: QemuConfig
  readonly nodeId: string
  /** The files of guests are handed to this user; undefined where libvirtd does that itself. */
  readonly guestUser: GuestUser | undefined
  readonly instancesDir: string
  /** Images of disks on their way out. */
  readonly snapshotsDir: string
  /** Removes the files that libvirt leaves of a guest that is gone, by its domain's name. */
  readonly removeTraces: (domainName: string) => Promise<void>
  readonly cache: ImageCache
  readonly log: Logger
  /** Ids of domains that were seen to be ours: one that is gone cannot be asked any more. */
  readonly ours: Set<string>
  readonly kvm: KvmProof
  /** Undefined where guests' drives are this host's alone. */
  readonly shared: SharedStorage | undefined
  /** Whether libvirt can limit guests' CPU time here. */
  readonly hasControlGroups: boolean
  /** Undefined where this machine has none. */
  readonly uefi: UefiFirmware | undefined
}

export function instanceDir(host: QemuHost, instanceId: string): string {
  return join(host.instancesDir, instanceId)
}
/** Written by the guests' user (libvirt's log daemon), so it is a folder of its own. */
export function consoleDir(host: QemuHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'console')
}
export function consoleLogPath(host: QemuHost, instanceId: string): string {
  return join(consoleDir(host, instanceId), 'console.log')
}
export function isoPath(host: QemuHost, instanceId: string, diskId: string): string {
  return join(instanceDir(host, instanceId), `${diskId}.iso`)
}
export function diskPath(host: QemuHost, instanceId: string, diskId: string): string {
  return join(instanceDir(host, instanceId), `${diskId}.qcow2`)
}
