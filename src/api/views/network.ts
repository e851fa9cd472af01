/** Networks, and what instances have on them. */
import { isIP } from 'node:net'
import type { components } from '../../contract/types.gen.ts'
import type { Instance } from '../../model/instance.ts'
import { broadcastOf, gatewayOf, netmaskOf, readCidr, type Network, type Nic } from '../../model/network.ts'

type Schemas = components['schemas']

export function addressesView(nics: readonly Nic[]): Schemas['Addresses'] {
  return byNetwork(nics, ({ address }) => ({ version: versionOf(address), addr: address }))
}

export function detailedAddressesView(nics: readonly Nic[]): Schemas['DetailedAddresses'] {
  return byNetwork(nics, ({ address, macAddress }) => ({
    version: versionOf(address),
    addr: address,
    'OS-EXT-IPS:type': 'fixed',
    'OS-EXT-IPS-MAC:mac_addr': macAddress,
  }))
}

export function interfaceView(
  { portId, network, address, macAddress }: Nic,
  { vmState }: Instance,
  version: number,
): Schemas['InterfaceAttachment'] {
  return {
    port_state: vmState === 'active' ? 'ACTIVE' : 'DOWN',
    fixed_ips: [{ ip_address: address, subnet_id: network.subnetId }],
    port_id: portId,
    net_id: network.id,
    mac_addr: macAddress,
    ...(version >= 70 ? { tag: null } : {}),
  }
}

export function computeNetworkView({ id, name, cidr }: Network): Schemas['ComputeNetwork'] {
  const parts = readCidr(cidr)
  return {
    id,
    label: name,
    cidr,
    netmask: netmaskOf(parts),
    gateway: gatewayOf(parts),
    broadcast: broadcastOf(parts),
    dns1: null,
    dns2: null,
    cidr_v6: null,
    gateway_v6: null,
    netmask_v6: null,
  }
}

export function tenantNetworkView({ id, name, cidr }: Network): Schemas['TenantNetwork'] {
  return { id, label: name, cidr }
}

function byNetwork<Shown>(nics: readonly Nic[], show: (nic: Nic) => Shown): Record<string, Shown[]> {
  const shown: Record<string, Shown[]> = {}
  for (const nic of nics) (shown[nic.network.name] ??= []).push(show(nic))
  return shown
}

function versionOf(address: string): 4 | 6 {
  return isIP(address) === 6 ? 6 : 4
}
