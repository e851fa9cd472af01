/**
 * The isolation walk: every operation of the contract, tried by everybody who must not get through, on a project that
 * has one of everything. A new operation needs a line in test/support/isolation-examples.ts, and fails here without.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { loadContract, type ContractOperation } from '../../src/contract/contract.ts'
import { formatMicroversion, maxMicroversion } from '../../src/contract/microversion.ts'
import type { Example } from '../support/isolation-example.ts'
import { examples } from '../support/isolation-examples.ts'
import { sideDoors } from '../support/isolation-side-doors.ts'
import { marker, setStage, type Answer, type Bearer, type Call, type Stage } from '../support/isolation-stage.ts'

const { operations } = loadContract()
const counts = new Map<Bearer, number>()
const lines: string[] = []
let stage: Stage
let rowsBefore: readonly string[]

before(async () => {
  stage = await setStage()
  rowsBefore = await stage.victimRows()
})
after(async () => {
  await stage.stop()
  const tries = [...counts].map(([bearer, count]) => `${bearer} ${count}`)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${lines.join('\n')}\n${operations.length} operations, ${total} tries: ${tries.join(', ')}`)
})

test('every operation is in the walk, and nothing else', () => {
  assert.deepEqual(Object.keys(examples).toSorted(), operations.map(({ operationId }) => operationId).toSorted())
})

/** Whose it is, by the path parameter that names it: the project's, one user's, or nobody's but the admins'. */
const ownedBy: Readonly<Record<string, 'project' | 'user' | 'admin'>> = {
  server_id: 'project',
  server_group_id: 'project',
  security_group_id: 'project',
  security_group_rule_id: 'project',
  image_id: 'project',
  operation_id: 'project',
  namespace: 'project',
  keypair_name: 'user',
  flavor_id: 'admin',
}

/** The status that a bearer of the victim's or another project must get; 'ok' is any that is no refusal. */
function expected(operation: ContractOperation, example: Example, bearer: Bearer): number | 'ok' {
  const { policy } = operation
  if (policy === 'public') return example.anybody ?? 'ok'
  // Users' tokens, of whomever, are no agents' tokens.
  if (policy === 'agent') return 401
  if (['nobody', 'made-up', 'expired', 'revoked'].includes(bearer)) return 401
  if (bearer === 'admin') return example.admin ?? (ownerOf(operation) === 'user' ? 404 : 'ok')
  if (policy === 'admin') return 403
  if (bearer === 'unscoped') return policy === 'authenticated' ? 'ok' : 403
  const isReader = bearer === 'reader' || bearer === 'outside-reader'
  if (isReader && policy === 'member') return 403
  const owner = ownerOf(operation)
  if (owner === 'admin') return 404
  if (bearer === 'owner') return example.owner ?? 'ok'
  if (bearer === 'reader') return example.reader ?? (owner === 'user' ? 404 : 'ok')
  return example.outsider ?? (owner === undefined ? 'ok' : 404)
}

function ownerOf({ path }: ContractOperation): 'project' | 'user' | 'admin' | undefined {
  const [, name] = /\{([^}]+)\}/.exec(path) ?? []
  return name === undefined ? undefined : ownedBy[name]
}

const strangers: readonly Bearer[] = [
  'nobody',
  'made-up',
  'expired',
  'revoked',
  'unscoped',
  'outsider',
  'outside-reader',
]
/** That they get through proves that the examples reach what they name. They try readings only. */
const insiders: readonly Bearer[] = ['owner', 'admin']

for (const operation of operations) {
  const { operationId, method, policy } = operation
  const example = examples[operationId]
  if (example === undefined) continue
  const isReading = method === 'GET' || method === 'HEAD'
  test(`${operationId} (${policy})`, async () => {
    const call = callOf(operation, example)
    const seen: string[] = []
    const bearers = [...strangers, 'reader' as const, ...(isReading ? insiders : [])]
    for (const bearer of bearers) {
      const wanted = expected(operation, example, bearer)
      // What an unscoped token is for: its own user's affairs. The owner's tries cover those.
      if (bearer === 'unscoped' && wanted === 'ok') continue
      const answer = await stage.send(bearer, call)
      counts.set(bearer, (counts.get(bearer) ?? 0) + 1)
      seen.push(`${bearer} ${answer.status}`)
      check(answer, wanted, `${operationId} as ${bearer}`)
      if (strangers.includes(bearer)) assert.ok(!answer.text.includes(marker), `${bearer} sees ${answer.text}`)
    }
    lines.push(`${operationId.padEnd(30)} ${policy.padEnd(14)} ${seen.join(', ')}`)
  })
}

describe('side doors, as a member of another project:', () => {
  for (const { what, status, ...door } of sideDoors) {
    test(what, async () => {
      const call = fillIn(door)
      const { status: told, text } = await stage.send('outsider', call)
      assert.equal(told, status, text)
      // Links repeat the question.
      const [, question = '?'] = call.path.split('?')
      assert.ok(!text.replaceAll(question, '').includes(marker), text)
    })
  }
})

test('nothing of the victim has changed in the database', async () => {
  assert.ok(rowsBefore.length > 10, 'there is something to compare')
  assert.deepEqual(await stage.victimRows(), rowsBefore)
})

function check({ status, text }: Answer, wanted: number | 'ok', who: string): void {
  if (wanted === 'ok') assert.ok(status < 400, `${who}: ${status} ${text}`)
  else assert.equal(status, wanted, `${who}: ${text}`)
  // A 404 that comes of the path or the microversion proves nothing about the resource.
  assert.doesNotMatch(text, /the API has no such path|is not supported on this method/, who)
}

function callOf(operation: ContractOperation, { body, query, headers, microversion }: Example): Call {
  const version =
    microversion ?? formatMicroversion(Math.min(operation.maxMicroversion ?? maxMicroversion, maxMicroversion))
  return fillIn({
    method: operation.method,
    path: `${operation.path}${query === undefined ? '' : `?${query}`}`,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(operation.tag === 'compute' ? { 'openstack-api-version': `compute ${version}` } : {}),
      ...headers,
    },
  })
}

/** Puts the stage's targets where `{name}` stands. */
function fillIn(call: Call): Call {
  if (call.body instanceof Uint8Array) return { ...fillIn({ ...call, body: null }), body: call.body }
  const text = JSON.stringify(call).replace(/\{(\w+)\}/g, (whole, name: string) => stage.targets[name] ?? whole)
  const filled = JSON.parse(text) as Call
  assert.doesNotMatch(filled.path, /[{}]/, 'a path parameter without an example: add it to the stage’s targets')
  return filled
}
