import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptSummaries } from '../../src/store/read-model/kept-summaries.ts'
import type { InstanceSummary } from '../../src/store/read-model.ts'

const make = (row: Readonly<Record<string, unknown>>) => ({ row }) as unknown as InstanceSummary
const row = { id: 'a', name: 'web', updated_at: 1, vm_power_state: 'on', host_up: 1, user_data: null }

test('an equal row gives the same summary, and a change of any column another one', () => {
  const kept = new KeptSummaries(make)
  assert.equal(kept.of({ ...row }), kept.of({ ...row }))
  for (const column of Object.keys(row)) {
    const before = kept.of({ ...row })
    assert.notEqual(kept.of({ ...row, [column]: 'changed' }), before, column)
  }
})

test('a stamp finds what was kept of the row that agrees with it', () => {
  const kept = new KeptSummaries(make)
  const summary = kept.of({ ...row, row_version: '7' })
  assert.equal(kept.find({ id: 'a', row_version: '7', host_up: 1 }), summary)
  assert.equal(kept.find({ id: 'a', row_version: '8', host_up: 1 }), undefined)
  assert.equal(kept.find({ id: 'a', row_version: '7', host_up: 0 }), undefined)
  assert.equal(kept.find({ id: 'b', row_version: '7', host_up: 1 }), undefined)
})

test('large rows are not kept', () => {
  const kept = new KeptSummaries(make)
  const large = { ...row, user_data: 'x'.repeat(10_000) }
  assert.notEqual(kept.of({ ...large }), kept.of({ ...large }))
})
