/** What a simulated guest writes to its console when it boots. Pure. */
import type { DiskId } from '../../src/driver/index.ts'
import type { SimVm } from './vm-store.ts'

export function bootLog({ instanceId, vcpus, memoryBytes }: SimVm, disks: readonly DiskId[]): string {
  return [
    'Polyvisor sim: power on',
    `Polyvisor sim: ${vcpus ?? 0} CPUs, ${Math.floor((memoryBytes ?? 0) / 1024)} KiB of memory`,
    `Polyvisor sim: disks ${disks.join(' ')}`,
    `POLYVISOR-SIM-UP ${instanceId}\n`,
  ].join('\n')
}
