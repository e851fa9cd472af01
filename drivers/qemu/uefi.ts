/**
 * UEFI firmware for guests whose image says `hw_firmware_type=uefi`: a program that all share, and variables that each has in
 * a file of its own, which begins as a copy of the template and goes with the guest.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemPackage } from '../local/system-packages.ts'
import type { QemuConfig } from './config.ts'
import { makeFile } from './disk-files.ts'
import { instanceDir, type QemuHost } from './host.ts'

export interface UefiFirmware {
  readonly code: string
  /** The template of a guest's variables. */
  readonly variables: string
}

/** Of Debian's package, without Secure Boot, which would need a machine with SMM. */
const usual: UefiFirmware = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' }

/** For `host doctor`; guests with a BIOS need none of it. */
export const uefiPackage: SystemPackage = {
  name: 'ovmf',
  provides: 'UEFI firmware (OVMF)',
  oneOf: [usual.code],
}

/** @returns undefined where this machine has none: then its host takes no such guests */
export function findUefi({ uefi }: Pick<QemuConfig, 'uefi'>): UefiFirmware | undefined {
  const firmware = { ...usual, ...uefi }
  return existsSync(firmware.code) && existsSync(firmware.variables) ? firmware : undefined
}

export function variablesPath(host: QemuHost, instanceId: string): string {
  return join(instanceDir(host, instanceId), 'uefi-variables.fd')
}

/** What the guest has set so far stays. */
export async function makeVariables(host: QemuHost, instanceId: string, { variables }: UefiFirmware): Promise<void> {
  await makeFile(host, variablesPath(host, instanceId), await readFile(variables))
}
