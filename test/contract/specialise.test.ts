import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changePoints, specialise } from '../../src/contract/specialise.ts'

const shared = {
  Inner: { type: 'object', properties: { late: { type: 'string', 'x-min-microversion': '2.5' } } },
}
const schema = {
  type: 'object',
  required: ['gone', 'inner'],
  properties: {
    gone: { type: 'string', 'x-max-microversion': '2.10' },
    inner: { $ref: '#/components/schemas/Inner' },
    wanted: { 'x-required-from-microversion': '2.37' },
    shape: { oneOf: [{ const: '' }, { type: 'integer', 'x-min-microversion': '2.75' }] },
    // A property with the name of a keyword.
    properties: { type: 'object' },
  },
}

test('change points are found through references', () => {
  assert.deepEqual(changePoints(schema, shared), [5, 11, 37, 75])
})

test('a schema is cut to what exists at a microversion', () => {
  assert.deepEqual(specialise(schema, shared, 4), {
    type: 'object',
    required: ['gone', 'inner'],
    properties: {
      gone: { type: 'string' },
      inner: { $ref: '#/$defs/Inner' },
      wanted: {},
      shape: { oneOf: [{ const: '' }] },
      properties: { type: 'object' },
    },
    $defs: { Inner: { type: 'object', properties: {}, required: [] } },
  })
})

test('later microversions drop, add and require', () => {
  const late = specialise(schema, shared, 75)
  assert.deepEqual(late.required, ['inner', 'wanted'])
  assert.deepEqual(Object.keys(late.properties ?? {}), ['inner', 'wanted', 'shape', 'properties'])
  assert.deepEqual(late.properties?.['shape'], { oneOf: [{ const: '' }, { type: 'integer' }] })
})
