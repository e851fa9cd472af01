import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeChange } from '../../src/scheduler/describe-change.ts'
import { explain } from '../../src/scheduler/explain.ts'
import { filters } from '../../src/scheduler/filters/index.ts'
import { schedule } from '../../src/scheduler/pipeline.ts'
import { applyChange, smallestChanges } from '../../src/scheduler/smallest-change.ts'
import type { HostState, ScheduleRequest } from '../../src/scheduler/types.ts'
import { weighers } from '../../src/scheduler/weighers/index.ts'
import { hostState, randomHosts, randomRequest, scheduleRequest } from './host-states.ts'

const pipeline = { filters, weighers }
const least = { vcpus: 1, memoryMb: 1, diskGb: 1 }

function changesFor(hosts: readonly HostState[], request: ScheduleRequest): readonly string[] {
  return smallestChanges(hosts, request, filters, least).map((change) => describeChange(change, true))
}

test('the smallest change gives up the least', () => {
  const hosts = [
    hostState({ name: 'a', free: { vcpus: 8, memoryMb: 3072, diskGb: 100 } }),
    hostState({ name: 'b', free: { vcpus: 8, memoryMb: 3072, diskGb: 100 } }),
    hostState({ name: 'c', free: { vcpus: 8, memoryMb: 1024, diskGb: 100 } }),
    hostState({ name: 'd', free: { vcpus: 1, memoryMb: 3500, diskGb: 100 } }),
  ]
  assert.deepEqual(changesFor(hosts, scheduleRequest({ vcpus: 2, memoryMb: 4096 })), [
    'With at most 3072 MB of memory it would fit: 2 hosts would take it.',
  ])
})

test('a host out of service is named to admins only', () => {
  const hosts = [hostState({ name: 'a', enabled: false }), hostState({ name: 'b', up: false, healthy: false })]
  const [change] = smallestChanges(hosts, scheduleRequest(), filters, least)
  assert.ok(change)
  assert.equal(describeChange(change, true), 'It would fit once you enable host a.')
  assert.equal(describeChange(change, false).includes(' a.'), false)
})

test('another image, where that is what stands in the way', () => {
  const wish = scheduleRequest({ imageProperties: { hw_architecture: 'aarch64' }, diskFormats: ['vhdx'] })
  assert.deepEqual(changesFor([hostState({ name: 'a' })], wish), [
    'With an image whose hw_architecture is x86_64, and an image whose disk_format is qcow2 or raw it would fit: 1 host would take it.',
  ])
})

test('nothing is suggested that makes no sense', () => {
  const full = hostState({ name: 'a', free: { vcpus: 0, memoryMb: 8192, diskGb: 100 } })
  assert.deepEqual(changesFor([full], scheduleRequest()), [])
  const small = hostState({ name: 'a', free: { vcpus: 8, memoryMb: 8192, diskGb: 5 } })
  const changes = smallestChanges([small], scheduleRequest({ diskGb: 10 }), filters, { ...least, diskGb: 8 })
  assert.deepEqual(changes, [], 'less disk than the image has is no change that helps')
  assert.deepEqual(changesFor([], scheduleRequest()), [])
})

test('a suggested change makes it fit, whatever the hosts and the request', () => {
  fc.assert(
    fc.property(randomHosts, randomRequest, (hosts, request) => {
      const isFitting = schedule(hosts, request, pipeline).chosen !== null
      const changes = smallestChanges(hosts, request, filters, least)
      if (isFitting) assert.deepEqual(changes, [])
      for (const change of changes) {
        const after = applyChange(hosts, request, change)
        const decision = schedule(after.hosts, after.request, pipeline)
        assert.notEqual(decision.chosen, null, describeChange(change, true))
        assert.equal(decision.passed, change.hosts)
      }
    }),
    { numRuns: 1000 },
  )
})

test('no other single host is nearer: what is suggested needs the fewest remedies of its reach', () => {
  fc.assert(
    fc.property(randomHosts, randomRequest, (hosts, request) => {
      fc.pre(schedule(hosts, request, pipeline).chosen === null)
      const [first] = smallestChanges(hosts, request, filters, least)
      for (const host of hosts) {
        const alone = smallestChanges([host], request, filters, least)
        if (alone.length > 0) assert.ok(first !== undefined, 'what helps with one host helps with all of them')
        const reach = (of: (typeof alone)[number]) => `${of.host === undefined} ${of.remedies.every(isOfHost)}`
        const same = alone.find((change) => first !== undefined && reach(change) === reach(first))
        if (same !== undefined && first !== undefined) assert.ok(first.remedies.length <= same.remedies.length)
      }
    }),
  )
})

function isOfHost({ kind }: { readonly kind: string }): boolean {
  return kind === 'host'
}

test('an explanation adds up: filters in order, hosts one by one, as many as would fit one after the other', () => {
  const count = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(randomHosts, randomRequest, count, (hosts, request, wanted) => {
      const explanation = explain(hosts, request, { count: wanted, minimum: least }, pipeline)
      assert.equal(explanation.filters[0]?.checked, hosts.length)
      assert.equal(explanation.filters.at(-1)?.passed, explanation.decision.passed)
      for (const { filter, checked, passed } of explanation.filters) {
        assert.equal(explanation.hosts.filter((host) => host.filter === filter).length, checked - passed)
      }
      assert.equal(explanation.fits, placeOneByOne(hosts, request, wanted))
    }),
  )
})

function placeOneByOne(hosts: readonly HostState[], request: ScheduleRequest, count: number): number {
  let states = hosts
  for (let placed = 0; placed < count; placed += 1) {
    const { chosen } = schedule(states, request, pipeline)
    if (chosen === null) return placed
    states = states.map((host) => (host.id === chosen.hostId ? less(host, request) : host))
  }
  return count
}

function less(host: HostState, { vcpus, memoryMb, diskGb }: ScheduleRequest): HostState {
  const { free } = host
  return {
    ...host,
    instanceCount: host.instanceCount + 1,
    free: { vcpus: free.vcpus - vcpus, memoryMb: free.memoryMb - memoryMb, diskGb: free.diskGb - diskGb },
  }
}
