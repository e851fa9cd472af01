/** Whoever guesses wrong where the guest of a live migration is removes it. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sideOfGuest, type Told } from '../../src/operations/side-of-guest.ts'

const silent = undefined

/** What the source says, what the destination says, and what follows. */
const cases: readonly (readonly [Told, Told, ReturnType<typeof sideOfGuest>])[] = [
  ['on', null, 'source'],
  [silent, null, 'source'],
  ['on', 'building', 'source'],
  ['paused', 'building', 'source'],
  ['off', 'building', 'source'],
  [silent, 'building', undefined],
  [null, 'building', undefined],
  ['on', silent, 'source'],
  ['off', silent, undefined],
  [silent, silent, undefined],
  ['off', 'on', 'destination'],
  [silent, 'on', 'destination'],
  // Held by a libvirtd that has not heard of the switch.
  ['paused', 'on', 'destination'],
  // It came, and ended there.
  ['off', 'off', 'destination'],
  ['off', 'crashed', 'destination'],
  ['on', 'on', 'both'],
]

for (const [source, destination, side] of cases)
  test(`source ${source ?? String(source)}, destination ${destination ?? String(destination)}: ${side ?? 'nobody can tell'}`, () => {
    assert.equal(sideOfGuest(source, destination), side)
  })
