/** What the qemu driver can do: the same on every machine on which it is healthy, but for KVM, firmware and control groups. */
import type { Capabilities } from '../../src/driver/capabilities.ts'
import { agentProperty } from './guest-agent.ts'
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
  agentProperty,
  limits: { parallelOperations: 8 },
}

export function capabilitiesOf(
  config: QemuConfig,
  finding: KvmFinding,
  machine: { readonly hasUefi: boolean; readonly hasControlGroups: boolean },
): Capabilities {
  const kvm = finding.present ? { present: true } : { present: false, reason: finding.reason }
  const hypervisorTypes = usesKvm(config, finding) ? ['qemu', 'kvm'] : capabilities.hypervisorTypes
  const firmwares = machine.hasUefi ? (['bios', 'uefi'] as const) : (['bios'] as const)
  // QEMU itself limits disks; NICs that lead nowhere exceed nothing.
  const limitable = machine.hasControlGroups ? (['cpu', 'disk', 'nic'] as const) : (['disk', 'nic'] as const)
  return { ...capabilities, limitable, hypervisorTypes, firmwares, accelerators: { kvm } }
}
