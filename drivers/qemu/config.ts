/** Configuration of the qemu driver; the core validates it against the schema before the driver sees it (rule 12). */
import type { JsonSchema } from '../../src/driver/driver.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { imageCacheDefaults, imageCacheSchema, type ImageCacheConfig } from '../local/prune-images.ts'

export interface QemuConfig {
  /** A libvirt URI to use as it is, for example `qemu:///system`. */
  readonly uri?: string
  /** Which libvirtd: the system's where it answers, else our own (`auto`). */
  readonly daemon: 'auto' | 'own' | 'system'
  /** As whom our own libvirtd and its guests run; without it libvirt-qemu, else nobody. */
  readonly user?: string
  /** Machine type of guests whose image names none. */
  readonly machine: string
  /** On what guests run: `auto` is KVM where it was proved, else emulation; `kvm` insists without proof. */
  readonly accel: 'auto' | 'tcg' | 'kvm'
  /**
   * What guests see as their CPU. Absent: that of the host with KVM, and all that the emulator can do without. `custom`: the
   * first of `cpuModels` that the host can give.
   */
  readonly cpuMode?: 'host-model' | 'host-passthrough' | 'custom'
  readonly cpuModels?: readonly string[]
  /** Files of UEFI firmware; without it those of Debian's package ovmf. */
  readonly uefi?: { readonly code: string; readonly variables: string }
  readonly kvm?: {
    /** Raw disk of a Linux guest that proves KVM, as scripts/make-test-guest.sh makes it. */
    readonly probeImage?: string
  }
  /** Where guests from other machines come in. */
  readonly migrationListen: { readonly address: string; readonly port: number }
  /** Absolute path of a folder that several hosts see, in which guests' drives are made; without it they lie in the state folder. */
  readonly sharedDisks?: string
  /** How long, at most, a soft power-off or reset waits before it becomes a hard one, whatever the core would grant. */
  readonly graceMs: number
  /** How long a guest's QEMU may take to answer a question; it gets four times as long to change something. */
  readonly answerMs: number
  readonly imageCache: ImageCacheConfig
  /** "Die after native call k": for crash tests only. */
  readonly fault?:
    | { readonly dieAfterNativeCall: number; readonly victim: 'child' | 'service' }
    /** Changes are answered with success and not made while that file exists. */
    | { readonly lieWhile: string }
}

export const qemuConfigSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  dependentRequired: { cpuModels: ['cpuMode'] },
  if: { required: ['cpuMode'], properties: { cpuMode: { const: 'custom' } } },
  then: { required: ['cpuModels'] },
  properties: {
    uri: { type: 'string', minLength: 1, description: 'libvirt URI to use as it is' },
    daemon: { enum: ['auto', 'own', 'system'], default: 'auto', description: 'which libvirtd to use' },
    user: { type: 'string', minLength: 1, description: 'user for our own libvirtd and its guests' },
    machine: { type: 'string', minLength: 1, default: 'pc', description: 'default machine type' },
    accel: {
      enum: ['auto', 'tcg', 'kvm'],
      default: 'auto',
      description:
        'on what guests run: auto is KVM once it was proved, else emulation (tcg); kvm insists without proof',
    },
    cpuMode: {
      enum: ['host-model', 'host-passthrough', 'custom'],
      description: 'what guests see as their CPU; without it host-passthrough with KVM, else all that emulation can do',
    },
    cpuModels: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
      description: 'with cpuMode custom: names that libvirt knows; guests get the first that the host can give',
    },
    uefi: {
      type: 'object',
      additionalProperties: false,
      required: ['code', 'variables'],
      properties: {
        code: { type: 'string', minLength: 1, description: 'the firmware, a file for pflash' },
        variables: { type: 'string', minLength: 1, description: "template of a guest's variables" },
      },
    },
    kvm: {
      type: 'object',
      additionalProperties: false,
      properties: {
        probeImage: {
          type: 'string',
          minLength: 1,
          description: 'raw disk of the Linux guest that proves KVM (scripts/make-test-guest.sh makes one)',
        },
      },
    },
    migrationListen: {
      type: 'object',
      additionalProperties: false,
      required: ['address'],
      default: { address: '127.0.0.1', port: 0 },
      description: 'where live migrations from other machines come in: an address of this machine that they reach',
      properties: {
        address: { type: 'string', minLength: 1, description: 'IP address of this machine' },
        port: { type: 'integer', minimum: 0, maximum: 65535, default: 0, description: 'TCP port; 0: any that is free' },
      },
    },
    sharedDisks: {
      type: 'string',
      pattern: '^/.*[^/]$',
      description: "absolute path of a folder that several hosts share (NFS, CephFS), in which guests' drives are made",
    },
    graceMs: {
      type: 'integer',
      minimum: 0,
      default: 60000,
      description: 'most milliseconds that a soft power-off waits before it becomes a hard one',
    },
    answerMs: {
      type: 'integer',
      minimum: 100,
      default: 15000,
      description: "most milliseconds that a guest's QEMU may take to answer; four times as many to change something",
    },
    imageCache: imageCacheSchema,
    fault: {
      type: 'object',
      oneOf: [
        {
          additionalProperties: false,
          required: ['dieAfterNativeCall', 'victim'],
          properties: { dieAfterNativeCall: { type: 'integer', minimum: 1 }, victim: { enum: ['child', 'service'] } },
        },
        { additionalProperties: false, required: ['lieWhile'], properties: { lieWhile: { type: 'string' } } },
      ],
    },
  },
}

const defaults = {
  daemon: 'auto',
  machine: 'pc',
  accel: 'auto',
  migrationListen: { address: '127.0.0.1', port: 0 },
  graceMs: 60_000,
  answerMs: 15_000,
} as const

/** @param config valid against `qemuConfigSchema` */
export function readQemuConfig(config: JsonObject): QemuConfig {
  const given = config as unknown as Partial<QemuConfig>
  return { ...defaults, ...given, imageCache: { ...imageCacheDefaults, ...given.imageCache } }
}
