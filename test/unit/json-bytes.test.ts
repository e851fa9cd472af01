import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeJson, JsonBytes } from '../../src/api/json-bytes.ts'

test('documents are encoded as JSON.stringify would, whatever of them is encoded already', () => {
  const item = fc.record({ name: fc.string(), none: fc.constant(undefined), at: fc.integer() })
  const list = fc.array(fc.oneof(item, fc.constant(undefined), fc.constant(null)), { maxLength: 20 })
  fc.assert(
    fc.property(fc.record({ list, some: fc.jsonValue(), none: fc.constant(undefined) }), item, (document, known) => {
      const plain = { ...document, one: known, list: [...document.list, known] }
      const mixed = { ...document, one: new JsonBytes(known), list: [...document.list, new JsonBytes(known)] }
      assert.equal(Buffer.from(encodeJson(mixed)).toString(), JSON.stringify(plain))
      assert.equal(Buffer.from(encodeJson(plain)).toString(), JSON.stringify(plain))
    }),
  )
})
