/** What the qemu driver can do: the same on every machine on which it is healthy, but for KVM. */
import type { Capabilities } from '../../src/driver/capabilities.ts'
import { usesKvm } from './accelerator.ts'
import type { QemuConfig } from './config.ts'
import type { KvmFinding } from './kvm-probe.ts'

const alignBytes = 512

const capabilities: Capabilities = {
  architectures: ['x86_64'],
  hypervisorTypes: ['qemu'],
  vmModes: ['hvm'],
  disk: [
    { format: 'qcow2', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes },
    { format: 'raw', via: ['local-path', 'stream'], thin: true, backing: true, alignBytes },
  ],
  // IDE is left out: machines of the type q35 have none, and images may ask for one.
  rescueDevices: { disk: ['virtio', 'scsi', 'sata', 'usb'], cdrom: ['scsi', 'sata', 'usb'] },
  power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
  networks: ['none'],
  limits: { parallelOperations: 8 },
}

export function capabilitiesOf(config: QemuConfig, finding: KvmFinding, hasUefi: boolean): Capabilities {
  const kvm = finding.present ? { present: true } : { present: false, reason: finding.reason }
  const hypervisorTypes = usesKvm(config, finding) ? ['qemu', 'kvm'] : capabilities.hypervisorTypes
  const firmwares = hasUefi ? (['bios', 'uefi'] as const) : (['bios'] as const)
  return { ...capabilities, hypervisorTypes, firmwares, accelerators: { kvm } }
}
