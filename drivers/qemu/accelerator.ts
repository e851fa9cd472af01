/** On what a guest runs: emulation (TCG) unless KVM was proved, or the operator insists. Pure. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import type { DomainDefinition } from '../libvirt/domain-xml.ts'
import type { QemuConfig } from './config.ts'
import type { KvmFinding } from './kvm-probe.ts'

/** How libvirt is told. */
export type Accelerator = Pick<DomainDefinition, 'type' | 'cpuMode' | 'cpuModel'>

const usualMode = { qemu: 'maximum', kvm: 'host-passthrough' } as const

/** Emulation has no processor to pass on: `host-passthrough` is everything that the emulator can do there. */
function cpuModeOf({ cpuMode }: Pick<QemuConfig, 'cpuMode'>, type: 'qemu' | 'kvm'): Accelerator['cpuMode'] {
  return cpuMode === undefined || cpuMode === 'host-passthrough' ? usualMode[type] : cpuMode
}

/** Whether guests run on KVM unless their image wants otherwise. */
export function usesKvm({ accel }: Pick<QemuConfig, 'accel'>, finding: KvmFinding): boolean {
  return accel === 'kvm' || (accel === 'auto' && finding.present)
}

/** @throws DriverError UNSUPPORTED when the image wants KVM and guests get none here */
export function acceleratorFor(
  properties: VmSpec['imageProperties'],
  config: Pick<QemuConfig, 'accel' | 'cpuMode'>,
  finding: KvmFinding,
): Accelerator {
  const tcg: Accelerator = { type: 'qemu', cpuMode: cpuModeOf(config, 'qemu') }
  const kvm: Accelerator = { type: 'kvm', cpuMode: cpuModeOf(config, 'kvm') }
  const wanted = properties['img_hv_type'] ?? properties['hypervisor_type']
  if (wanted === 'qemu') return tcg
  if (usesKvm(config, finding)) return kvm
  if (wanted !== 'kvm') return tcg
  throw new DriverError('UNSUPPORTED', 'The image wants KVM, which guests do not get here.', { effect: 'none' })
}
