/** `polyvisor host list`: the places that run VMs, and how full they are. */
import type { ApiClient } from './api-client.ts'
import { renderTable } from './table.ts'

interface Hypervisor {
  readonly id: string
  readonly hypervisor_hostname: string
  readonly hypervisor_type: string
  readonly state: string
  readonly status: string
  readonly vcpus: number
  readonly vcpus_used: number
  readonly memory_mb: number
  readonly memory_mb_used: number
  readonly local_gb: number
  readonly local_gb_used: number
  readonly running_vms: number
}

/** The last microversion whose hypervisors still say how much they hold and use. */
const microversion = 'compute 2.87'

export async function printHosts(client: ApiClient, options: { readonly json: boolean }): Promise<void> {
  const { hypervisors } = await client.get<{ hypervisors: readonly Hypervisor[] }>(
    '/compute/v2.1/os-hypervisors/detail',
    {
      'openstack-api-version': microversion,
    },
  )
  if (options.json) {
    console.log(JSON.stringify(hypervisors.map(describe), null, 2))
    return
  }
  const rows = hypervisors.map((host) => [
    host.id,
    host.hypervisor_hostname,
    host.hypervisor_type,
    host.state,
    host.status,
    `${host.vcpus_used}/${host.vcpus}`,
    `${host.memory_mb_used}/${host.memory_mb}`,
    `${host.local_gb_used}/${host.local_gb}`,
    String(host.running_vms),
  ])
  console.log(renderTable(['ID', 'NAME', 'TYPE', 'STATE', 'STATUS', 'VCPUS', 'MEMORY MB', 'DISK GB', 'VMS'], rows))
}

function describe(host: Hypervisor): object {
  return {
    id: host.id,
    name: host.hypervisor_hostname,
    type: host.hypervisor_type,
    state: host.state,
    status: host.status,
    vcpus: { used: host.vcpus_used, total: host.vcpus },
    memoryMb: { used: host.memory_mb_used, total: host.memory_mb },
    diskGb: { used: host.local_gb_used, total: host.local_gb },
    vms: host.running_vms,
  }
}
