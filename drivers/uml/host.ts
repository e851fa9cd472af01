/**
 * What every part of the uml driver works on: one state folder, owned by driver.ts. A VM is a folder `instances/<id>`:
 * its record (`vm.json`), its disks, its console's log, and `run`, which is the guest's own.
 */
import { join } from 'node:path'
import type { Logger } from '../../src/util/logger.ts'
import type { DisposableFiles } from '../local/disposable-files.ts'
import type { ImageCache } from '../local/image-cache.ts'
import type { UmlConfig } from './config.ts'
import type { NativeCalls } from './native-calls.ts'
import type { Places } from '../../src/util/places.ts'
import type { Turns } from './turns.ts'

export interface UmlHost {
  readonly config: UmlConfig
  readonly nodeId: string
  /** Of guests' users. */
  readonly firstUid: number
  readonly instancesDir: string
  /** What disks stand on, one file per image and size. */
  readonly basesDir: string
  readonly bases: DisposableFiles
  /** Images of disks on their way out. */
  readonly snapshotsDir: string
  readonly cache: ImageCache
  readonly native: NativeCalls
  /** Whoever changes a guest's devices, or the guest itself, has its turn meanwhile. */
  readonly turns: Turns
  /** Whoever asks a guest something outside of its turn, so that it is not paused meanwhile. */
  readonly questions: Turns
  /** VMs whose guests lack a device that they should have. */
  readonly owed: Set<string>
  /** A guest begins when it has one, and keeps it until it has booted. */
  readonly booting: Places
  readonly log: Logger
}

export function instanceDir(host: Pick<UmlHost, 'instancesDir'>, instanceId: string): string {
  return join(host.instancesDir, instanceId)
}
export function recordPath(host: Pick<UmlHost, 'instancesDir'>, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'vm.json')
}
export function consoleLogPath(host: UmlHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'console.log')
}
/** A pipe: what is typed on the console. No guest's user may write here, or it would choose what we open. */
export function consoleInputPath(host: UmlHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'console.in')
}
/** Of which guest process it is known that it is paused: nobody can ask a guest that. */
export function pausedPath(host: UmlHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'paused')
}
/** Of which guest process it is known that it is paused for a moment, while its disks are copied. */
export function heldPath(host: UmlHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'held')
}
/** The guest's working directory, in which it puts the folder `<id>` with its socket. */
export function runDir(host: UmlHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'run')
}
export function diskPath(host: UmlHost, instanceId: string, file: string): string {
  return join(instanceDir(host, instanceId), file)
}
