// One database is enough: nothing here uses any.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSkipList, scoreLine, scoreTests, type Recorded } from '../interop/score.ts'

const recorded: readonly Recorded[] = [
  { id: 'tempest.api.One.test_good[id-1,smoke]', status: 'success', text: '' },
  { id: 'tempest.api.One.test_bad[id-2]', status: 'fail', text: 'Traceback\nValueError: no\n' },
  { id: 'tempest.api.One.test_off[id-3]', status: 'skip', text: 'it is off' },
  { id: 'setUpClass (tempest.api.Two)', status: 'fail', text: 'Traceback\nKeyError: image' },
  { id: 'setUpClass (tempest.api.Three)', status: 'skip', text: 'no volumes' },
  { id: 'tempest.api.Four.test_listed_only[id-6]', status: 'exists', text: '' },
]
const wanted = [
  'tempest.api.One.test_good[id-1,smoke]',
  'tempest.api.One.test_bad',
  'tempest.api.One.test_off[id-3]',
  'tempest.api.Two.test_first[id-4]',
  'tempest.api.Two.test_second[id-5]',
  'tempest.api.Three.test_only',
  'tempest.api.Four.test_listed_only[id-6]',
  'tempest.api.Five.test_misspelt[id-7]',
]

test('every test that was asked for has an outcome, whatever became of its class', () => {
  const { results } = scoreTests(wanted, recorded, new Map())
  assert.deepEqual(
    results.map(({ outcome, said }) => [outcome, said]),
    [
      ['pass', ''],
      ['fail', 'ValueError: no'],
      ['skip', 'it is off'],
      ['failed class', 'KeyError: image'],
      ['failed class', 'KeyError: image'],
      ['skipped class', 'no volumes'],
      ['missing', 'tempest does not know it, or never came to it'],
      ['missing', 'tempest does not know it, or never came to it'],
    ],
  )
})

test('only the skip list excuses, and it says when it is out of date', () => {
  const reasons = readSkipList(
    '# why\n\ntempest.api.Three.test_only  needs volumes\ntempest.api.One.test_good[id-1] was broken\n',
  )
  const score = scoreTests(wanted, recorded, reasons)
  assert.deepEqual(score.outdated, ['tempest.api.One.test_good'])
  assert.ok(!score.unexplained.some(({ id }) => id === 'tempest.api.Three.test_only'))
  assert.equal(
    scoreLine(score),
    'interop: 1 of 8 pass, 1 in the skip list, 6 fail (fail 1, failed class 2, missing 2, skip 1, skipped class 1)',
  )
})

test('a skip without a reason is refused', () => {
  assert.throws(() => readSkipList('tempest.api.One.test_bad\n'), /no reason for tempest\.api\.One\.test_bad/)
})
