/** Former passwords do not come back, and guessing locks the account for a while: whoever asks, in the same words. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { createIdentityService, type IdentityService } from '../../src/identity/identity-service.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { User } from '../../src/model/identity.ts'
import type { Db } from '../../src/store/database.ts'
import { openTestDatabase } from '../support/test-database.ts'

const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
const passwordRules = { history: 3, lockoutFailures: 2, lockoutMs: 60_000 }
let db: Db
let identity: IdentityService
let ann: User
let nowMs: number

beforeEach(async () => {
  db = await openTestDatabase()
  nowMs = Date.parse('2026-01-01T00:00:00Z')
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
  await bootstrapIdentity(db, { adminPassword: () => 'right', passwordCost })
  identity = createIdentityService({ db, clock, passwordCost, passwordRules })
  ann = await identity.users.create({ name: 'ann', password: 'one' })
})
afterEach(() => db.destroy())

const coded = (code: string) => (error: unknown) => error instanceof PolyvisorError && error.code === code
async function canLogIn(password: string): Promise<boolean> {
  const credential = { method: 'password', user: { id: ann.id }, password } as const
  try {
    await identity.authenticate({ credential, scope: { kind: 'unscoped' } }, '')
    return true
  } catch (error) {
    assert.ok(coded('unauthenticated')(error), String(error))
    return false
  }
}

test('the last passwords do not come back by the user’s own hand, older ones do', async () => {
  const change = (from: string, to: string) => identity.users.changePassword(ann.id, from, to)
  await change('one', 'two')
  await change('two', 'three')
  for (const former of ['one', 'two', 'three'])
    await assert.rejects(change('three', former), coded('password-used-before'))
  await change('three', 'four')
  await change('four', 'one')
  assert.ok(await canLogIn('one'))
  const kept = await db('former_passwords').where({ user_id: ann.id })
  assert.equal(kept.length, passwordRules.history - 1)
})

test('an admin’s reset takes any password, and what was before is a former one', async () => {
  await identity.users.update(ann.id, { password: 'one' })
  await identity.users.update(ann.id, { password: 'two' })
  await assert.rejects(identity.users.changePassword(ann.id, 'two', 'one'), coded('password-used-before'))
})

test('wrong passwords in a row lock the account, from the last one on, for a while', async () => {
  assert.ok(!(await canLogIn('wrong')))
  assert.ok(await canLogIn('one'), 'one is not enough')
  assert.ok(!(await canLogIn('wrong')))
  assert.ok(!(await canLogIn('wrong')))
  assert.ok(!(await canLogIn('one')), 'locked')
  await assert.rejects(identity.users.changePassword(ann.id, 'one', 'two'), coded('unauthenticated'))
  nowMs += passwordRules.lockoutMs - 1
  assert.ok(!(await canLogIn('one')))
  nowMs += 1
  assert.ok(!(await canLogIn('wrong')), 'counts from the start')
  assert.ok(await canLogIn('one'))
})

test('a wrong original password counts as well; a reset by an admin opens the account', async () => {
  for (const wrong of ['x', 'y'])
    await assert.rejects(identity.users.changePassword(ann.id, wrong, 'two'), coded('unauthenticated'))
  assert.ok(!(await canLogIn('one')))
  await identity.users.update(ann.id, { password: 'two' })
  assert.ok(await canLogIn('two'))
})

test('options of a user: never locked out, and a password that is not the user’s to change', async () => {
  await identity.users.update(ann.id, { options: { ignore_lockout_failure_attempts: true, lock_password: true } })
  for (let round = 0; round < 5; round += 1) assert.ok(!(await canLogIn('wrong')))
  assert.ok(await canLogIn('one'))
  await assert.rejects(identity.users.changePassword(ann.id, 'one', 'two'), coded('forbidden'))
})

test('guesses at once are all counted', async () => {
  await Promise.all(Array.from({ length: 4 }, () => canLogIn('wrong')))
  const row = (await db('users').where({ id: ann.id }).first('failed_logins')) as { failed_logins: number }
  assert.ok(row.failed_logins >= passwordRules.lockoutFailures)
  assert.ok(!(await canLogIn('one')))
})
