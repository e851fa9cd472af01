/** Every operation of the contract, without exception: its handler loads, its policy holds, its faults wear the right envelope. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { handlerLoaders } from '../../src/api/handlers.gen.ts'
import { loadContract, policies, type ContractOperation } from '../../src/contract/contract.ts'
import { formatMicroversion, maxMicroversion } from '../../src/contract/microversion.ts'
import { validatorFor } from '../../src/contract/validators.ts'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

const { operations } = loadContract()
let api: ApiFixture

before(async () => {
  api = await startApiFixture()
})
after(() => api.close())

for (const operation of operations) {
  test(`${operation.operationId}: handler, policy, fault envelope`, async () => {
    assert.equal(typeof (await handlerLoaders[operation.handler]?.()), 'function')
    assert.ok(policies.includes(operation.policy))
    if (operation.policy === 'public') return
    const answer = await send(operation, undefined)
    assert.equal(answer.status, 401)
    assert.match(
      String(answer.headers['www-authenticate']),
      /^Keystone uri="https:\/\/cloud\.example\.org:8774\/identity"$/,
    )
    assert.match(String(answer.headers['x-openstack-request-id']), /^req-[0-9a-f-]{36}$/)
    if (operation.method !== 'HEAD') assertEnvelope(operation, answer.body)
  })
}

for (const operation of operations.filter(({ policy }) => policy === 'admin')) {
  test(`${operation.operationId}: forbidden for members`, async () => {
    const answer = await send(operation, 'member')
    assert.equal(answer.status, 403)
    if (operation.method !== 'HEAD') assertEnvelope(operation, answer.body)
  })
}

function send(operation: ContractOperation, bearer: 'member' | undefined) {
  const method = operation.method.toLowerCase() as 'get'
  const path = operation.path.replace(/\{[^}]+\}/g, 'x')
  const microversion = formatMicroversion(Math.min(operation.maxMicroversion ?? maxMicroversion, maxMicroversion))
  const body = operation.action === undefined ? undefined : { [operation.action]: null }
  return api.send(bearer, method, path, {
    ...(operation.tag === 'compute' ? { microversion } : {}),
    ...(body === undefined ? {} : { body }),
  })
}

function assertEnvelope(operation: ContractOperation, body: unknown): void {
  const schema = operation.responses['default']?.['application/json']
  assert.ok(schema, 'an operation declares its fault envelope as default')
  const validate = validatorFor(operation, 'default', schema, maxMicroversion, 'exact')
  assert.ok(validate(body), JSON.stringify({ body, errors: validate.errors }))
}
