/** Whoever guesses wrong where the guest of a live migration is removes it. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DriverPower } from '../../src/driver/vm-spec.ts'
import { sideOfGuest, type Side, type Told } from '../../src/operations/side-of-guest.ts'

type Word = DriverPower | 'leaving' | 'no VM' | 'silent'

/** What the source says, what the destination says, and what follows. */
const cases: readonly (readonly [Word, Word, Side | undefined])[] = [
  ['on', 'no VM', 'source'],
  ['silent', 'no VM', 'source'],
  ['no VM', 'no VM', 'source'],
  // Nothing is decided while the hypervisor is at it.
  ['leaving', 'building', undefined],
  ['leaving', 'paused', undefined],
  ['on', 'building', 'source'],
  ['paused', 'building', 'source'],
  ['off', 'building', 'source'],
  ['silent', 'building', undefined],
  ['no VM', 'building', undefined],
  ['on', 'silent', 'source'],
  ['paused', 'silent', 'source'],
  ['off', 'silent', undefined],
  ['no VM', 'silent', undefined],
  ['silent', 'silent', undefined],
  ['off', 'on', 'destination'],
  ['no VM', 'on', 'destination'],
  ['silent', 'on', 'destination'],
  // Held by a hypervisor that has not heard of the switch.
  ['paused', 'on', 'destination'],
  // It came, and was not told to go on.
  ['off', 'paused', 'destination'],
  ['no VM', 'paused', 'destination'],
  ['paused', 'paused', 'destination'],
  ['silent', 'paused', undefined],
  // The word that it came was lost, and it goes on where it was.
  ['on', 'paused', 'source'],
  // It came, and ended there.
  ['off', 'off', 'destination'],
  ['off', 'crashed', 'destination'],
  ['silent', 'off', 'destination'],
  ['on', 'on', 'both'],
]

function toldBy(word: Word): Told {
  if (word === 'silent') return undefined
  if (word === 'no VM') return null
  return word === 'leaving' ? { power: 'on', isMigrating: true } : { power: word }
}

for (const [source, destination, side] of cases)
  test(`source ${source}, destination ${destination}: ${side ?? 'nobody can tell'}`, () => {
    assert.equal(sideOfGuest(toldBy(source), toldBy(destination)), side)
  })
