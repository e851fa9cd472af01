/** What the uml driver can do, on every machine on which it is healthy. */
import type { Capabilities } from '../../src/driver/capabilities.ts'

export const capabilities: Capabilities = {
  architectures: ['x86_64'],
  hypervisorTypes: ['uml'],
  vmModes: ['uml'],
  disk: [
    { format: 'raw', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes: 4096 },
    { format: 'qcow2', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes: 4096 },
  ],
  // A guest's kernel is a program of the host.
  firmwares: [],
  networks: ['none'],
  power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
  limits: { parallelOperations: 8 },
}

export const traits = ['COMPUTE_IMAGE_TYPE_QCOW2', 'COMPUTE_IMAGE_TYPE_RAW'] as const
