/** The service compiles its schemas without checking them against JSON Schema itself, to start sooner: this does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { messageSchemas } from '../../src/bus/messages/schemas.ts'
import { loadContract } from '../../src/contract/contract.ts'

const ajv = new Ajv2020({ strict: false })

test('every message schema is valid JSON Schema', () => {
  for (const [name, schema] of Object.entries(messageSchemas)) {
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
  }
})

test('every shared schema of the contract is valid JSON Schema', () => {
  const entries = Object.entries(loadContract().schemas)
  assert.ok(entries.length > 10)
  for (const [name, schema] of entries) assert.ok(ajv.validateSchema(schema as object), `${name}: ${ajv.errorsText()}`)
})

test('every schema of an operation is valid JSON Schema', () => {
  let count = 0
  for (const { operationId, params, query, body = {}, responses } of loadContract().operations) {
    const bodies = [...Object.values(body), ...Object.values(responses).flatMap((byMedia) => Object.values(byMedia))]
    for (const schema of [params, query, ...bodies]) {
      if (schema === undefined || schema === null) continue
      count += 1
      assert.ok(ajv.validateSchema(schema as object), `${operationId}: ${ajv.errorsText()}`)
    }
  }
  assert.ok(count > 100, `${count} schemas`)
})
