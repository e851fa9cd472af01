/** What people lend to each other and to programs, command by command: everything made is taken away again. */
import assert from 'node:assert/strict'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

export function delegationWalk(openstack: OpenstackClient): readonly Step[] {
  return [
    ['trust create, list, show, delete; a login with it', () => trusts(openstack)],
    ['consumer create, list, show, set, delete', () => consumers(openstack)],
    ['request token create, authorize; access token create', () => accessTokens(openstack)],
  ]
}

async function trusts(openstack: OpenstackClient): Promise<void> {
  const trustee = await openstack.json<Row>('user', 'create', '--password', 'walk', 'walk-trustee')
  const roles = ['--project', 'admin', '--role', 'reader'] as const
  const made = await openstack.json<Row>('trust', 'create', ...roles, '--impersonate', 'admin', 'walk-trustee')
  const id = String(made['id'])
  assert.deepEqual([made['impersonation'], made['trustee_user_id'], made['deleted_at']], [true, trustee['id'], null])
  const listed = await openstack.json<readonly Row[]>('trust', 'list')
  assert.deepEqual(
    listed.map((row) => row['ID']),
    [id],
  )
  assert.match(String((await openstack.json<Row>('trust', 'show', id))['roles']), /reader/)
  const bearer = openstack.withTrust('walk-trustee', 'walk', id)
  const token = await bearer.json<Row>('token', 'issue')
  assert.deepEqual([token['user_id'], token['project_id']], [made['trustor_user_id'], made['project_id']])
  await assert.rejects(bearer.run('role', 'list'), /needs the role admin/)
  await openstack.run('trust', 'delete', id)
  await assert.rejects(bearer.run('token', 'issue'), /401/)
  await openstack.run('user', 'delete', 'walk-trustee')
}

async function consumers(openstack: OpenstackClient): Promise<void> {
  const made = await openstack.json<Row>('consumer', 'create', '--description', 'walks')
  const id = String(made['id'])
  assert.ok(String(made['secret']).length > 20)
  await openstack.run('consumer', 'set', '--description', 'walks on', id)
  const shown = await openstack.json<Row>('consumer', 'show', id)
  assert.deepEqual([shown['description'], shown['secret']], ['walks on', undefined])
  assert.ok((await openstack.json<readonly Row[]>('consumer', 'list')).some((row) => row['ID'] === id))
  await openstack.run('consumer', 'delete', id)
  assert.deepEqual(await openstack.json('consumer', 'list'), [])
}

async function accessTokens(openstack: OpenstackClient): Promise<void> {
  const consumer = await openstack.json<Row>('consumer', 'create')
  const keys = ['--consumer-key', String(consumer['id']), '--consumer-secret', String(consumer['secret'])] as const
  const request = await openstack.json<Row>('request', 'token', 'create', ...keys, '--project', 'admin')
  const requestKey = ['--request-key', String(request['key'])] as const
  const word = await openstack.json<Row>('request', 'token', 'authorize', ...requestKey, '--role', 'reader')
  const shown = ['--request-secret', String(request['secret']), '--verifier', String(word['oauth_verifier'])] as const
  const access = await openstack.json<Row>('access', 'token', 'create', ...keys, ...requestKey, ...shown)
  assert.ok(String(access['secret']).length > 20)
  assert.ok(Date.parse(String(access['expires'])) > Date.now())
  await openstack.run('consumer', 'delete', String(consumer['id']))
}
