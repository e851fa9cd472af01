import type { Filter } from '../types.ts'

export const memoryFilter: Filter = {
  name: 'memory',
  check: (host, request) =>
    host.free.memoryMb >= request.memoryMb
      ? { pass: true }
      : { pass: false, reason: 'not enough free memory (MB)', wanted: request.memoryMb, had: host.free.memoryMb },
  remedies: (host) => [{ kind: 'less', amount: 'memoryMb', atMost: host.free.memoryMb }],
}
