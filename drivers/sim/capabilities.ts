/** What the simulated hypervisor can do: everything that the contract knows. */
import type { Capabilities } from '../../src/driver/index.ts'

export const capabilities: Capabilities = {
  architectures: ['x86_64', 'aarch64'],
  hypervisorTypes: ['sim'],
  vmModes: ['hvm'],
  disk: (['qcow2', 'raw', 'vmdk', 'vhd', 'vhdx', 'vdi', 'iso'] as const).map((format) => ({
    format,
    via: ['local-path', 'stream'],
    thin: true,
    backing: true,
    alignBytes: 512,
  })),
  power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
  networks: ['fixed', 'none'],
  limitable: ['cpu', 'disk', 'nic'],
  rescueDevices: { disk: ['virtio', 'scsi', 'ide', 'sata', 'usb'], cdrom: ['scsi', 'ide', 'sata', 'usb'] },
  limits: { parallelOperations: 1_000 },
}
