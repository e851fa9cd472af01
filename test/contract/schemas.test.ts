/** The service compiles its schemas without checking them against JSON Schema itself, to start sooner: this does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { decodeMessage } from '../../src/bus/messages/decode.ts'
import { messageSchemas } from '../../src/bus/messages/schemas.ts'
import { PoisonMessage } from '../../src/bus/poison-message.ts'
import { loadContract } from '../../src/contract/contract.ts'
import type { Json } from '../../src/util/json.ts'

const ajv = new Ajv2020({ strict: false })

test('every message schema is valid JSON Schema', () => {
  for (const [name, schema] of Object.entries(messageSchemas)) {
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
  }
})

test('a host that does not say what it can do is no message: schedulers rely on it', () => {
  const host = {
    ...{
      id: '00000000-0000-4000-8000-000000000001',
      driverId: 'sim',
      name: 'a',
      hypervisorType: 'sim',
      hypervisorVersion: '',
    },
    ...{ healthy: true, healthMessage: '', vcpus: 1, memoryMb: 1, diskGb: 1, traits: [] },
  }
  const hello = (capabilities: Json): Json => ({
    ...{ type: 'agent-hello', version: 1, agentId: host.id, startId: host.id, name: 'a' },
    hosts: [{ ...host, capabilities }],
  })
  const good = { architectures: [], hypervisorTypes: [], vmModes: [], diskFormats: [], abilities: [] }
  decodeMessage(hello(good))
  const bad = [{}, { ...good, vmModes: 5 }, { ...good, firmwares: 5 }, { ...good, rescueDevices: { disk: 'virtio' } }]
  for (const capabilities of bad) assert.throws(() => decodeMessage(hello(capabilities)), PoisonMessage)
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
