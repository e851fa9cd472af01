import type { Filter } from '../types.ts'

export const diskFilter: Filter = {
  name: 'disk',
  check: (host, request) =>
    host.free.diskGb >= request.diskGb
      ? { pass: true }
      : { pass: false, reason: 'not enough free disk (GB)', wanted: request.diskGb, had: host.free.diskGb },
  remedies: (host) => [{ kind: 'less', amount: 'diskGb', atMost: host.free.diskGb }],
}
