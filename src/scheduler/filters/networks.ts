import type { Filter } from '../types.ts'

/** Who asks for a network by name gets it or no server. */
export const networksFilter: Filter = {
  name: 'networks',
  check(host, request) {
    const offered = host.capabilities.networks ?? []
    if (request.networkKinds.every((kind) => offered.includes(kind))) return { pass: true }
    return { pass: false, reason: 'its hypervisor cannot give guests the network that was asked for' }
  },
}
