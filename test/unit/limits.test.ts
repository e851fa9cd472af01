import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertLimitable } from '../../src/agent/assert-limitable.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import { capabilities } from '../../drivers/sim/capabilities.ts'
import { limitsOf, limitsRefusal } from '../../src/model/limits.ts'

test('a flavor’s extra specs as limits, in Nova’s words; what is zero or missing is none', () => {
  assert.equal(limitsOf({}), undefined)
  assert.equal(limitsOf({ 'hw:cpu_policy': 'x', 'quota:unheard_of': 'y' }), undefined)
  assert.equal(
    limitsOf({ 'quota:disk_read_bytes_sec': '0', 'quota:cpu_quota': '-1', 'quota:vif_inbound_average': '0' }),
    undefined,
  )
  const specs = {
    'quota:cpu_shares': '512',
    'quota:cpu_period': '10000',
    'quota:cpu_quota': '5000',
    'quota:disk_read_bytes_sec': '1048576',
    'quota:disk_write_bytes_sec': '2097152',
    'quota:disk_total_iops_sec': '100',
    'quota:vif_inbound_average': '1000',
    'quota:vif_inbound_burst': '2000',
    'quota:vif_outbound_average': '1',
    'quota:vif_outbound_peak': '2',
  }
  assert.deepEqual(limitsOf(specs), {
    cpu: { shares: 512, periodUs: 10_000, quotaUs: 5_000 },
    disk: { readBytes: 1_048_576, writeBytes: 2_097_152, totalRequests: 100 },
    nic: { inbound: { average: 1000, burst: 2000 }, outbound: { average: 1, peak: 2 } },
  })
})

test('what is no limit is named, and so is what a host cannot keep', () => {
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ 'quota:cpu_shares': 'many' }, /quota:cpu_shares is not a number from 2 to 10000/],
    [{ 'quota:cpu_period': '10' }, /quota:cpu_period/],
    [{ 'quota:cpu_quota': '0' }, /quota:cpu_quota/],
    [{ 'quota:disk_read_iops_sec': '-1' }, /quota:disk_read_iops_sec/],
    [{ 'quota:disk_read_iops_sec': '1e3' }, /quota:disk_read_iops_sec/],
    [{ 'quota:disk_read_iops_sec': '99999999999999999999' }, /quota:disk_read_iops_sec/],
    [{ 'quota:disk_total_bytes_sec': '1', 'quota:disk_write_bytes_sec': '1' }, /total and one direction/],
    [{ 'quota:vif_inbound_peak': '1' }, /quota:vif_inbound_average is missing/],
  ]
  for (const [specs, reason] of wrong) {
    assert.throws(() => limitsOf(specs), reason)
    assert.match(limitsRefusal(specs, ['cpu', 'disk', 'nic']) ?? '', reason)
  }
  const cpu = { 'quota:cpu_shares': '2', 'quota:disk_total_iops_sec': '5' }
  assert.equal(limitsRefusal(cpu, ['cpu', 'disk']), undefined)
  assert.match(limitsRefusal(cpu, ['disk', 'nic']) ?? '', /cannot limit guests' CPU time/)
  assert.match(limitsRefusal(cpu) ?? '', /cannot limit/)
  assert.equal(limitsRefusal({}), undefined)
})

test('a driver is not asked to keep what it does not offer to keep', () => {
  const spec = { limits: { disk: { totalBytes: 1 } } } as unknown as VmSpec
  assertLimitable({ ...capabilities, limitable: ['disk'] }, spec)
  const { limitable: _, ...silent } = capabilities
  assertLimitable(silent, {} as VmSpec)
  for (const host of [silent, { ...capabilities, limitable: ['cpu', 'nic'] } as const])
    assert.throws(() => assertLimitable(host, spec), { code: 'UNSUPPORTED', effect: 'none' })
})
