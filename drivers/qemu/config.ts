/** Configuration of the qemu driver; the core validates it against the schema before the driver sees it (rule 12). */
import type { JsonSchema } from '../../src/driver/driver.ts'
import type { JsonObject } from '../../src/util/json.ts'

export interface QemuConfig {
  /** A libvirt URI to use as it is, for example `qemu:///system`. */
  readonly uri?: string
  /** Which libvirtd: the system's where it answers, else our own (`auto`). */
  readonly daemon: 'auto' | 'own' | 'system'
  /** As whom our own libvirtd and its guests run; without it libvirt-qemu, else nobody. */
  readonly user?: string
  /** Machine type of guests whose image names none. */
  readonly machine: string
  /** How long a soft power-off waits before it becomes a hard one. */
  readonly graceMs: number
  /** "Die after native call k": for crash tests only. */
  readonly fault?: { readonly dieAfterNativeCall: number; readonly victim: 'child' | 'service' }
}

export const qemuConfigSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    uri: { type: 'string', minLength: 1, description: 'libvirt URI to use as it is' },
    daemon: { enum: ['auto', 'own', 'system'], default: 'auto', description: 'which libvirtd to use' },
    user: { type: 'string', minLength: 1, description: 'user for our own libvirtd and its guests' },
    machine: { type: 'string', minLength: 1, default: 'pc', description: 'default machine type' },
    graceMs: { type: 'integer', minimum: 0, default: 60000, description: 'patience of a soft power-off' },
    fault: {
      type: 'object',
      additionalProperties: false,
      required: ['dieAfterNativeCall', 'victim'],
      properties: { dieAfterNativeCall: { type: 'integer', minimum: 1 }, victim: { enum: ['child', 'service'] } },
    },
  },
}

const defaults = { daemon: 'auto', machine: 'pc', graceMs: 60_000 } as const

/** @param config valid against `qemuConfigSchema` */
export function readQemuConfig(config: JsonObject): QemuConfig {
  return { ...defaults, ...(config as unknown as Partial<QemuConfig>) }
}
