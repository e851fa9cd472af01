import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomText } from '../../src/util/random-text.ts'

test('a secret never begins with a dash, which a command line would take for an option', () => {
  const draws = [Buffer.alloc(9, 0xf8), Buffer.from([0xfb, 0xff, 0xff]), Buffer.from([1, 2, 3])]
  assert.equal(draws[0]?.toString('base64url')[0], '-')
  const text = randomText(3, (bytes) => {
    assert.equal(bytes, 3)
    return draws.shift() ?? Buffer.alloc(0)
  })
  assert.equal(text, 'AQID')
  assert.equal(draws.length, 0)
})

test('the whole length is random: no two are the same, and the size is what was asked', () => {
  const texts = Array.from({ length: 1_000 }, () => randomText(32))
  assert.equal(new Set(texts).size, texts.length)
  assert.ok(texts.every((text) => /^[A-Za-z0-9_][A-Za-z0-9_-]{42}$/.test(text)))
})
