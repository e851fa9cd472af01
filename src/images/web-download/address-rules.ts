/**
 * Which addresses the service may fetch images from: public ones. Whoever can make it fetch must not reach this machine,
 * its neighbours, or what clouds answer to their own machines alone. An operator may add networks.
 */
import { BlockList, isIP, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'

/** IANA's special-purpose registry, and what clouds keep for their machines. */
const refusedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast, reserved, broadcast.
  '224.0.0.0/3',
  // Azure's services for its own machines, at a public address.
  '168.63.129.16/32',
]
/** Everything else of IPv6 is private, local, or carries an IPv4 address. */
const publicV6 = '2000::/3'
/** Protocol assignments with Teredo, examples, 6to4. */
const refusedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const refused = blockList([...refusedV4, ...refusedV6])
const offered = blockList(['0.0.0.0/0', publicV6])

export type AddressRule = (address: string) => boolean

/**
 * @param networks as `10.0.0.0/8`: may be reached besides
 * @param own this machine's addresses, public ones too: services listen there that trust whoever is on it. Asked at each
 * judgement, since they change.
 */
export function addressRule(networks: readonly string[], own = ownAddresses): AddressRule {
  const allowed = blockList(networks)
  return (address) => {
    const family = isIP(address)
    if (family === 0) return false
    const type = family === 4 ? 'ipv4' : 'ipv6'
    if (allowed.check(address, type)) return true
    if (!offered.check(address, type) || refused.check(address, type)) return false
    return !blockList(own()).check(address, type)
  }
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address))
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    const type = isIPv4(address) ? 'ipv4' : 'ipv6'
    list.addSubnet(address, prefix === undefined ? (type === 'ipv4' ? 32 : 128) : Number(prefix), type)
  }
  return list
}
