/** `polyvisor host list`: the places that run VMs, how well they are and how full. */
import type { components } from '../contract/types.gen.ts'
import type { ApiClient } from './api-client.ts'
import { renderTable } from './table.ts'

type Host = components['schemas']['Host']

const header = ['ID', 'NAME', 'DRIVER', 'STATE', 'VCPUS', 'MEMORY MB', 'DISK GB', 'VMS', 'SAYS']

export async function printHosts(client: ApiClient, options: { readonly json: boolean }): Promise<void> {
  const { hosts } = await client.get<{ hosts: readonly Host[] }>('/v1/hosts')
  console.log(options.json ? JSON.stringify(hosts, null, 2) : renderTable(header, hosts.map(toRow)))
}

function toRow(host: Host): readonly string[] {
  const { used, capacity } = host
  return [
    host.id,
    host.name,
    host.driver,
    stateOf(host),
    `${used.vcpus}/${capacity.vcpus}`,
    `${used.memory_mb}/${capacity.memory_mb}`,
    `${used.disk_gb}/${capacity.disk_gb}`,
    String(host.instance_count),
    host.disabled_reason ?? (isTested(host) ? host.message : smokeTestSays(host)),
  ]
}

function stateOf(host: Host): string {
  if (!host.up) return 'down'
  if (!host.healthy) return 'unhealthy'
  if (!host.enabled) return 'disabled'
  return isTested(host) ? 'up' : 'untested'
}

function isTested(host: Host): boolean {
  return host.smoke_test.state === 'passed'
}

function smokeTestSays({ smoke_test: { state, message } }: Host): string {
  return state === 'failed' ? `the smoke test failed, and is tried again: ${message}` : 'the smoke test is under way'
}
