/** Floating addresses, of which there are none before there is a network service. */
import { PolyvisorError } from '../../model/errors.ts'

export function noFloatingIp(address: string): PolyvisorError {
  const text = `Floating IP ${address} not found: this cloud has no floating addresses.`
  return new PolyvisorError('not-found', 'floating-ip-not-found', text)
}
