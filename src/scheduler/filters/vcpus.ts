import type { Filter } from '../types.ts'

export const vcpusFilter: Filter = {
  name: 'vcpus',
  check: (host, request) =>
    host.free.vcpus >= request.vcpus
      ? { pass: true }
      : { pass: false, reason: 'not enough free vCPUs', wanted: request.vcpus, had: host.free.vcpus },
  remedies: (host) => [{ kind: 'less', amount: 'vcpus', atMost: host.free.vcpus }],
}
