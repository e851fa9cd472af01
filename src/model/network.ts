/** Networks and the addresses on them that instances have. */
import { isIP } from 'node:net'

export interface Network {
  readonly id: string
  /** Its one subnet. */
  readonly subnetId: string
  readonly name: string
  /** IPv4, `10.224.0.0/12`. */
  readonly cidr: string
}

/** One NIC that a new instance shall have. */
export interface WantedNic {
  readonly network: Network
  /** Absent: any that is free. */
  readonly address?: string
  /** Asked for by name: without it the instance is not built. */
  readonly isRequired: boolean
}

/** One NIC that an instance has. */
export interface Nic {
  readonly portId: string
  readonly network: Network
  readonly address: string
  /** Lower case. */
  readonly macAddress: string
}

/** The kind of network that hosts must offer for it (`Capabilities.networks`): the guest gets the address by DHCP. */
export const fixedNetworkKind = 'fixed'

export interface CidrParts {
  readonly first: number
  readonly last: number
  readonly prefixLength: number
}

/** @throws RangeError when it is no IPv4 network with room for guests */
export function readCidr(cidr: string): CidrParts {
  const [address = '', length = ''] = cidr.split('/')
  const prefixLength = Number(length)
  if (isIP(address) !== 4 || !/^\d{1,2}$/.test(length) || prefixLength < 8 || prefixLength > 29)
    throw new RangeError(`${cidr} is no IPv4 network of 8 to 29 bits.`)
  const size = 2 ** (32 - prefixLength)
  const first = toNumber(address)
  if (first % size !== 0) throw new RangeError(`${cidr} has bits behind its length.`)
  return { first, last: first + size - 1, prefixLength }
}

/** The network's own router, which no guest gets. */
export function gatewayOf({ first }: CidrParts): string {
  return toAddress(first + 1)
}

/** Neither the network itself, nor its gateway, nor its broadcast address. */
export function isForGuests(address: string, { first, last }: CidrParts): boolean {
  if (isIP(address) !== 4) return false
  const number = toNumber(address)
  return number > first + 1 && number < last
}

/** How many addresses there are for guests, and the one at a place among them. */
export function guestAddresses({ first, last }: CidrParts): { readonly count: number; at(index: number): string } {
  return { count: last - first - 2, at: (index) => toAddress(first + 2 + index) }
}

/** `255.240.0.0` */
export function netmaskOf({ prefixLength }: CidrParts): string {
  return toAddress(2 ** 32 - 2 ** (32 - prefixLength))
}

export function broadcastOf({ last }: CidrParts): string {
  return toAddress(last)
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}
