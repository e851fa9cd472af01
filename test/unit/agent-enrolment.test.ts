/** How agents get an identity of their own, and how everybody else does not. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ControlRefusal, type ControlClient } from '../../src/agent/control-client.ts'
import { Membership } from '../../src/agent/membership.ts'
import { AgentEnrolment, type AgentEnrolmentParts } from '../../src/identity/agent-enrolment.ts'
import { LoginThrottle } from '../../src/identity/login-throttle.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import { openDatabase } from '../../src/store/database.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger, type Logger } from '../../src/util/logger.ts'

const url = 'amqp://bus.example/cloud'

async function enrolment(t: TestContext, changes: Partial<AgentEnrolmentParts> = {}) {
  const db = await openDatabase({ engine: 'sqlite', filename: ':memory:' })
  t.after(() => db.destroy())
  const made: string[] = []
  const removed: string[] = []
  const accounts = {
    ensure: async (id: string) => {
      made.push(id)
      return { url, username: `agent.${id}`, password: `password-${made.length}` }
    },
    remove: async (id: string) => void removed.push(id),
  }
  const throttle = new LoginThrottle({ clock: systemClock, failuresPerUser: 2 })
  const readSecret = async (): Promise<string | undefined> => 'the secret'
  const parts = { db, clock: systemClock, log: silentLogger, throttle, accounts, readSecret, ...changes }
  return { db, made, removed, agents: new AgentEnrolment(parts) }
}

test('who knows the secret gets an id, a token and an account; the token is stored as a hash', async (t) => {
  const { db, agents } = await enrolment(t)
  const agent = await agents.enrol({ name: 'node-1', secret: 'the secret' }, '10.0.0.1')
  assert.deepEqual(agent.bus, { url, username: `agent.${agent.id}`, password: 'password-1' })
  assert.equal(await agents.authenticate(agent.token), agent.id)
  assert.equal(await agents.authenticate('made up'), undefined)
  assert.ok(!JSON.stringify(await db('agents')).includes(agent.token))
  assert.equal((await agents.renewBusAccount(agent.id)).password, 'password-2')
})

test('a wrong or rotated secret is refused, logged without being printed, and after a few tries not even looked at', async (t) => {
  const lines: string[] = []
  const note = (...args: unknown[]): void => void lines.push(JSON.stringify(args))
  const log: Logger = { ...silentLogger, warn: note, info: note, error: note }
  let secret: string | undefined = 'first secret'
  const { agents, made } = await enrolment(t, { log, readSecret: async () => secret })
  const refusal = (given: string, kind: string) =>
    assert.rejects(agents.enrol({ name: 'node-1', secret: given }, '10.0.0.1'), { kind })
  await agents.enrol({ name: 'node-1', secret: 'first secret' }, '10.0.0.1')
  secret = 'second secret'
  await refusal('first secret', 'unauthorized')
  secret = undefined
  await refusal('second secret', 'unauthorized')
  await refusal('guessed secret', 'rate-limited')
  await refusal('guessed secret', 'rate-limited')
  assert.equal(made.length, 1)
  assert.match(lines.join('\n'), /an agent was refused: its enrolment secret is wrong/)
  assert.match(lines.join('\n'), /10\.0\.0\.1/)
  assert.doesNotMatch(lines.join('\n'), /(first|second|guessed) secret/)
})

test('without a bus that others reach nobody can join, and the answer says what to do', async (t) => {
  const { agents } = await enrolment(t, { accounts: undefined })
  await assert.rejects(agents.enrol({ name: 'n', secret: 'the secret' }, ''), {
    code: 'no-shared-bus',
    message: /bus\.url/,
  })
})

test('an agent goes with its hosts, unless servers are there', async (t) => {
  const { db, agents, removed } = await enrolment(t)
  const { id, token } = await agents.enrol({ name: 'node-1', secret: 'the secret' }, '')
  const host = { id: crypto.randomUUID(), agent_id: id, driver_id: 'sim', name: 'h', hypervisor_type: 'sim', up: true }
  const amounts = { vcpus: 1, memory_mb: 1, disk_gb: 1 }
  const ratios = { vcpu_ratio: 1, memory_ratio: 1, disk_ratio: 1 }
  const times = { last_seen_at: 0, created_at: 0, updated_at: 0 }
  await db('hosts').insert({ ...host, healthy: true, ...amounts, ...ratios, ...times })
  const allocation = { instance_id: crypto.randomUUID(), host_id: host.id, ...amounts, operation_id: '', created_at: 0 }
  await db('allocations').insert(allocation)
  await assert.rejects(agents.remove(id), { code: 'agent-in-use' })
  await db('allocations').delete()
  await agents.remove(id)
  assert.deepEqual([await db('hosts'), await db('agents'), removed], [[], [], [id]])
  assert.equal(await agents.authenticate(token), undefined)
  await assert.rejects(agents.remove(id), { kind: 'not-found' })
})

async function membershipParts(t: TestContext, client: Partial<ControlClient>) {
  const stateDir = await mkdtemp(join(tmpdir(), 'membership-'))
  t.after(() => rm(stateDir, { recursive: true }))
  const signal = new AbortController().signal
  const readSecret = async (): Promise<string | undefined> => 'the secret'
  return { client: client as ControlClient, log: silentLogger, stateDir, name: 'node-1', readSecret, signal }
}

test('an agent enrols once: what it was given is kept in a file for its own eyes', async (t) => {
  let tries = 0
  const parts = await membershipParts(t, {
    async enrol() {
      tries += 1
      if (tries === 1) throw new TypeError('fetch failed')
      return { id: 'a', token: 't', bus: { url, username: 'u', password: 'p' } }
    },
    renewBusAccount: async () => ({ url, username: 'u', password: 'new' }),
  })
  const first = await Membership.open(parts)
  assert.equal((await stat(join(parts.stateDir, 'membership.json'))).mode & 0o777, 0o600)
  await first.renewBusAccount()
  const again = await Membership.open(parts)
  assert.equal(tries, 2, 'an API that is away is asked again, and one that answered is not')
  assert.deepEqual([again.agentId, again.token, again.bus.password], ['a', 't', 'new'])
})

test('an agent that is refused says why, and tries no more', async (t) => {
  const parts = await membershipParts(t, {
    enrol: () => Promise.reject(new ControlRefusal(401, 'The secret is wrong.')),
  })
  await assert.rejects(Membership.open(parts), (error) => {
    assert.ok(error instanceof PolyvisorError)
    assert.equal(error.message, 'The control plane refused this agent: The secret is wrong.')
    return true
  })
})
