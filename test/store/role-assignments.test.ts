import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUniqueViolation } from '../../src/store/unique-violation.ts'
import { openTestDatabase } from '../support/test-database.ts'

test('a role is held once on a project and once on a domain, whoever writes the row', async (t) => {
  const db = await openTestDatabase()
  t.after(() => db.destroy())
  await db('domains').insert({ id: 'd', name: 'd' })
  await db('projects').insert({ id: 'p', domain_id: 'd', name: 'p', created_at: 0 })
  await db('users').insert({ id: 'u', domain_id: 'd', name: 'u', created_at: 0 })
  await db('roles').insert({ id: 'r', name: 'r' })
  const held = { user_id: 'u', role_id: 'r' }
  for (const scope of [{ project_id: 'p' }, { domain_id: 'd' }]) {
    await db('role_assignments').insert({ ...held, ...scope })
    await assert.rejects(
      async () => db('role_assignments').insert({ ...held, ...scope }),
      (error) => isUniqueViolation(error),
    )
  }
})
