/** Tokens and passwords, right and wrong ones, reach neither the log (at its most talkative) nor any file in clear. */
import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createFlavor, createServer, uploadImage, waitForHosts, waitUntilSettled } from '../support/servers.ts'
import { removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'
import { walk } from '../support/walk.ts'

test('no secret reaches the log or the data directory in clear', async (t) => {
  const fault = { call: 'setAdminPassword', action: 'fail', retry: 'never', after: 1 }
  const driverConfig = JSON.stringify({ sim: { faults: [fault] } })
  const environment = { POLYVISOR_DRIVER_CONFIG: driverConfig }
  const service = await startService({ args: ['--driver', 'sim', '--log-level', 'debug'], environment })
  t.after(async () => {
    await service.stop()
    await removeDataDir(service.dataDir)
  })
  const adminPassword = service.openrc['OS_PASSWORD'] ?? ''
  const passwordFile = join(service.dataDir, 'admin-password')
  assert.equal(statSync(passwordFile).mode & 0o777, 0o600)

  const token = await logIn(service.url, 'admin', adminPassword)
  const secrets: Readonly<Record<string, string>> = {
    'the admin password': adminPassword,
    'a token': token,
    'a wrong password': 'wrong-password-7f3a',
    'a new user’s password': 'new-user-password-91bc',
    'a token that is none': 'gAAAA-not-a-token-55aa',
    'a password in malformed JSON': 'malformed-password-c0de',
    'a password in a query': 'query-password-beef',
    'a guest’s password': 'guest-password-a1b2',
    'a guest’s password that cannot be set': 'guest-password-c3d4',
  }
  await logIn(service.url, 'admin', secrets['a wrong password'] ?? '')
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<number> => {
    const response = await fetch(`${service.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
    await response.arrayBuffer()
    return response.status
  }
  const json = { 'content-type': 'application/json' }
  const user = { name: 'somebody', password: secrets['a new user’s password'] }
  assert.equal(
    await send('POST', '/identity/v3/users', { ...json, 'x-auth-token': token }, JSON.stringify({ user })),
    201,
  )
  assert.equal(
    await send('GET', '/compute/v2.1/servers', { 'x-auth-token': secrets['a token that is none'] ?? '' }),
    401,
  )
  const malformed = `{"auth": {"password": "${secrets['a password in malformed JSON'] ?? ''}"`
  assert.equal(await send('POST', '/identity/v3/auth/tokens', json, malformed), 400)
  await send('GET', `/identity/v3/users?password=${secrets['a password in a query'] ?? ''}`, { 'x-auth-token': token })
  await changePasswords(service, [
    secrets['a guest’s password'] ?? '',
    secrets['a guest’s password that cannot be set'] ?? '',
  ])
  await send('DELETE', '/identity/v3/auth/tokens', { 'x-auth-token': token, 'x-subject-token': token })
  assert.equal(await service.stop(), 0)

  const log = service.logs()
  assert.match(log, /\/identity\/v3\/auth\/tokens/, 'requests are in the log')
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(secret.length > 8)
    assert.ok(!log.includes(secret), `${what} stands in the log`)
    for (const file of filesOf(service.dataDir)) {
      if (file === passwordFile) continue
      assert.ok(!readFileSync(file).includes(secret), `${what} stands in ${file}`)
    }
  }
})

/** The first is set, the second fails at the hypervisor. */
async function changePasswords(service: SpawnedService, [first, second]: readonly [string, string]): Promise<void> {
  const client = await service.client()
  await waitForHosts(client)
  const image = join(service.dataDir, 'image.raw')
  writeFileSync(image, Buffer.alloc(4096))
  const id = await createServer(client, await uploadImage(client, image), await createFlavor(client, 'small'))
  assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
  for (const [adminPass, end] of [
    [first, 'succeeded'],
    [second, 'failed'],
  ]) {
    await client.send('POST', `/compute/v2.1/servers/${id}/action`, { body: { changePassword: { adminPass } } })
    await waitUntilSettled(client, id)
    const { operations } = await client.get<{ operations: readonly { kind: string; status: string }[] }>(
      `/v1/operations?instance_id=${id}&limit=1`,
    )
    assert.deepEqual(operations[0]?.status, end, JSON.stringify(operations))
  }
}

/** @returns the token, or an empty text when refused */
async function logIn(url: string, name: string, password: string): Promise<string> {
  const identity = { methods: ['password'], password: { user: { name, password, domain: { id: 'default' } } } }
  const response = await fetch(`${url}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: { project: { name: 'admin', domain: { id: 'default' } } } } }),
  })
  await response.arrayBuffer()
  return response.headers.get('x-subject-token') ?? ''
}

function filesOf(folder: string): readonly string[] {
  return [...walk(folder)].filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
