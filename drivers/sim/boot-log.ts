/** What a simulated guest writes to its console as it boots. */
import type { SimVm, VmStore } from './vm-store.ts'

export function bootLog(vm: SimVm, store: VmStore): string {
  const { instanceId, vcpus, memoryBytes } = vm
  return [
    'Polyvisor sim: power on',
    `Polyvisor sim: ${vcpus ?? 0} CPUs, ${Math.floor((memoryBytes ?? 0) / 1024)} KiB of memory`,
    `Polyvisor sim: disks ${diskNames(vm, store).join(' ')}`,
    `POLYVISOR-SIM-UP ${instanceId}\n`,
  ].join('\n')
}

/** `root rescue(cdrom)`, the order in which the guest sees them. */
function diskNames(vm: SimVm, store: VmStore): readonly string[] {
  return store.disksOf(vm).map((id) => {
    const as = store.getDisk(vm, id)?.as
    return as === undefined ? id : `${id}(${as.kind}${as.bus === undefined ? '' : ` ${as.bus}`})`
  })
}
