import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { HostId } from '../../src/model/ids.ts'
import { describeDecision } from '../../src/scheduler/describe-decision.ts'
import { filters } from '../../src/scheduler/filters/index.ts'
import { schedule } from '../../src/scheduler/pipeline.ts'
import type { HostState, ScheduleRequest } from '../../src/scheduler/types.ts'
import { weighers } from '../../src/scheduler/weighers/index.ts'
import { hostState as host, scheduleRequest as request } from './host-states.ts'

const pipeline = { filters, weighers }

test('picks the host with the most room', () => {
  const small = host({ name: 'small', free: { vcpus: 1, memoryMb: 600, diskGb: 100 } })
  const decision = schedule([small, host({ name: 'large' })], request(), pipeline)
  assert.equal(decision.chosen?.name, 'large')
  assert.equal(decision.passed, 2)
})

const uml = { ...host({ name: 'uml' }).capabilities, hypervisorTypes: ['uml'], vmModes: ['uml'] }

test('an image that names a hypervisor means its mode too', () => {
  const hosts = [host({ name: 'q' }), host({ name: 'u', capabilities: uml })]
  const chosen = (imageProperties: ScheduleRequest['imageProperties']) =>
    schedule(hosts, request({ imageProperties }), pipeline).chosen?.name
  assert.equal(chosen({}), 'q')
  assert.equal(chosen({ img_hv_type: 'uml' }), 'u')
  assert.equal(chosen({ hw_vm_mode: 'uml' }), 'u')
  assert.equal(chosen({ img_hv_type: 'qemu' }), 'q')
})

test('every filter says why in words and amounts', () => {
  const cases: [Partial<HostState>, Partial<ScheduleRequest>, RegExp][] = [
    [{ enabled: false }, {}, /1 of 1 fell at compute-enabled: disabled by the operator/],
    [{ up: false }, {}, /its agent is silent/],
    [{ healthy: false }, {}, /its hypervisor is unhealthy/],
    [{}, { vcpus: 9 }, /fell at vcpus: not enough free vCPUs, wanted 9, had 8/],
    [{}, { memoryMb: 9000 }, /fell at memory: .*wanted 9000, had 8192/],
    [{}, { diskGb: 101 }, /fell at disk: .*wanted 101, had 100/],
    [{}, { imageProperties: { hw_architecture: 'aarch64' } }, /another architecture, wanted aarch64, had x86_64/],
    [{}, { imageProperties: { img_hv_type: 'xen' } }, /another hypervisor type/],
    [{ capabilities: uml }, {}, /another VM mode, wanted hvm, had uml/],
    [{}, { imageProperties: { hw_vm_mode: 'uml' } }, /another VM mode, wanted uml, had hvm/],
    [{}, { diskFormats: ['vhdx'] }, /cannot take the image's disk format, wanted vhdx, had qcow2, raw/],
    [{}, { extraSpecs: { 'quota:cpu_shares': '5' } }, /fell at limits: its hypervisor cannot limit guests' CPU time/],
    [{}, { failedHosts: new Map([['h' as HostId, 'out of space']]) }, /tried, and failed: out of space/],
  ]
  for (const [hostChanges, requestChanges, words] of cases) {
    const decision = schedule([host({ name: 'h', ...hostChanges })], request(requestChanges), pipeline)
    assert.equal(decision.chosen, null)
    assert.match(describeDecision(decision), words)
  }
  assert.match(describeDecision(schedule([], request(), pipeline)), /no host has joined yet/)
})

test('counts add up, whatever the hosts: a rejected host fell exactly once, a chosen one fits', () => {
  const amounts = fc.record({ vcpus: fc.nat(16), memoryMb: fc.nat(4096), diskGb: fc.nat(50) })
  const hosts = fc.array(fc.record({ free: amounts, up: fc.boolean(), enabled: fc.boolean() }), { maxLength: 30 })
  fc.assert(
    fc.property(hosts, amounts, (states, wanted) => {
      const all = states.map((state, index) => host({ name: `h${index}`, ...state }))
      const decision = schedule(all, request(wanted), pipeline)
      const rejected = decision.rejections.reduce((sum, rejection) => sum + rejection.count, 0)
      assert.equal(rejected + decision.passed, all.length)
      const chosen = all.find((candidate) => candidate.id === decision.chosen?.hostId)
      assert.equal(chosen === undefined, decision.passed === 0)
      if (chosen === undefined) return
      assert.ok(
        chosen.up && chosen.enabled && chosen.free.vcpus >= wanted.vcpus && chosen.free.memoryMb >= wanted.memoryMb,
      )
    }),
  )
})
