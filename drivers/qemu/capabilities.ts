/** What the qemu driver can do; the same on every machine on which it is healthy. */
import type { Capabilities } from '../../src/driver/capabilities.ts'

const alignBytes = 512

export const capabilities: Capabilities = {
  architectures: ['x86_64'],
  hypervisorTypes: ['qemu'],
  vmModes: ['hvm'],
  disk: [
    { format: 'qcow2', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes },
    { format: 'raw', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes },
  ],
  power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
  limits: { parallelOperations: 8 },
}
