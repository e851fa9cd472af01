/** What a client may send: bodies, their shape, headers and addresses have an end on every face, and guessing has one too. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import request from 'supertest'
import { createApi } from '../../src/api/server.ts'
import { createIdentityService } from '../../src/identity/identity-service.ts'
import { listenHttp, type HttpServer } from '../../src/process/http-server.ts'
import { adminPassword, startFaces, type FaceHarness } from '../support/face-harness.ts'

const maxBodyBytes = 1024 * 1024
const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
let faces: FaceHarness
let server: HttpServer

before(async () => {
  faces = await startFaces({ maxImageBytes: 4096 })
  server = await listenHttp({ host: '127.0.0.1', port: 0 })
  server.serve(createApi(faces.services, { maxBodyBytes }))
})
after(async () => {
  await server.stop(0)
  await faces.stop()
})

const faults = {
  compute: { path: '/compute/v2.1/flavors', messageOf: (body: Body) => firstOf(body).message },
  identity: { path: '/identity/v3/auth/tokens', messageOf: (body: Body) => body['error']?.message },
  image: { path: '/image/v2/images', messageOf: (body: Body) => body['error']?.message },
} as const
type Body = Readonly<Record<string, { readonly code: number; readonly message: string }>>

function firstOf(body: Body): { readonly message: string } {
  return Object.values(body)[0] ?? { message: '' }
}

function post(path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  return request(`http://127.0.0.1:${server.port}`)
    .post(path)
    .set({ 'X-Auth-Token': faces.adminToken, 'Content-Type': 'application/json', Connection: 'close', ...headers })
    .serialize((content) => content as never)
    .send(body)
}

for (const [face, { path, messageOf }] of Object.entries(faults)) {
  describe(`${face}:`, () => {
    test('a body that is too long is 413 in its envelope', async () => {
      const answer = await post(path, JSON.stringify({ x: 'y'.repeat(maxBodyBytes) }))
      assert.equal(answer.status, 413)
      assert.match(messageOf(answer.body as Body) ?? '', /1048576 bytes at most/)
    })

    test('so is one that becomes too long when it is unpacked', async () => {
      const bomb = gzipSync(Buffer.alloc(64 * maxBodyBytes, ' '))
      assert.ok(bomb.length < maxBodyBytes)
      const answer = await post(path, bomb, { 'Content-Encoding': 'gzip' })
      assert.equal(answer.status, 413)
    })

    for (const [what, body] of [
      ['deep arrays', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
      ['deep objects', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`],
      ['long arrays', `[${'1,'.repeat(500_000)}1]`],
    ] as const) {
      test(`${what} are 400`, async () => {
        const answer = await post(path, body)
        assert.equal(answer.status, 400)
        assert.match(messageOf(answer.body as Body) ?? '', /^Malformed request body: it may /)
      })
    }
  })
}

test('an operation that takes no body takes no large one', async () => {
  const answer = await request(`http://127.0.0.1:${server.port}`)
    .delete('/image/v2/images/x')
    .set({ 'X-Auth-Token': faces.adminToken, Connection: 'close' })
    .send('y'.repeat(maxBodyBytes + 1))
  assert.equal(answer.status, 413)
})

test('an image that is too large is 413, and nothing of it is kept', async () => {
  const created = await post('/image/v2/images', '{"name":"i","disk_format":"raw","container_format":"bare"}')
  assert.equal(created.status, 201)
  const { id } = created.body as { id: string }
  const answer = await request(`http://127.0.0.1:${server.port}`)
    .put(`/image/v2/images/${id}/file`)
    .set({ 'X-Auth-Token': faces.adminToken, 'Content-Type': 'application/octet-stream', Connection: 'close' })
    .send(Buffer.alloc(8192))
  assert.equal(answer.status, 413)
  assert.match((answer.body as Body)['error']?.message ?? '', /4096/)
})

describe('before any face is asked', () => {
  test('headers that are too long are 431', async () => {
    assert.match(
      await raw(`GET /identity HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`),
      /^HTTP\/1.1 431 /,
    )
  })

  test('so is an address that is too long', async () => {
    assert.match(await raw(`GET /identity?${'y'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`), /^HTTP\/1.1 431 /)
  })

  test('so are very many headers', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `x${index}: y`).join('\r\n')
    assert.match(await raw(`GET /identity HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`), /^HTTP\/1.1 431 /)
  })
})

describe('failed logins', () => {
  const loginThrottle = { failuresPerUser: 2, failuresPerAddress: 4, windowMs: 60_000 }
  const appBehind = (trustedProxies: readonly string[]) => {
    const identity = createIdentityService({ db: faces.db, passwordCost, loginThrottle })
    return createApi({ ...faces.services, identity }, { validateResponses: true, trustedProxies })
  }
  const logIn = (app: ReturnType<typeof appBehind>, password: string, from: string, user: object = byName) =>
    request(app)
      .post('/identity/v3/auth/tokens')
      .set('X-Forwarded-For', from)
      .send({ auth: { identity: { methods: ['password'], password: { user: { ...user, password } } } } })
  const byName = { name: 'admin', domain: { id: 'default' } }

  test('are 429 with Retry-After in Keystone’s envelope, however the user is named', async () => {
    const app = appBehind(['loopback'])
    const [admin] = await faces.services.identity.users.list({ name: 'admin' })
    assert.equal((await logIn(app, 'wrong', '203.0.113.1')).status, 401)
    assert.equal((await logIn(app, 'wrong', '203.0.113.1', { id: admin?.id })).status, 401)
    const answer = await logIn(app, adminPassword, '203.0.113.1', { name: 'admin', domain: { name: 'Default' } })
    assert.equal(answer.status, 429)
    assert.match(String(answer.headers['retry-after']), /^(60|59)$/)
    const { error } = answer.body as Body
    assert.deepEqual({ ...error, message: '' }, { code: 429, title: 'Too Many Requests', message: '' })
    assert.match(error?.message ?? '', /Wait \d+ seconds/)
    assert.equal((await logIn(app, adminPassword, '203.0.113.2')).status, 201, 'from elsewhere')
  })

  test('an address is the proxy’s word only where the proxy is trusted', async () => {
    const app = appBehind([])
    for (const from of ['203.0.113.1', '203.0.113.2']) assert.equal((await logIn(app, 'wrong', from)).status, 401)
    assert.equal((await logIn(app, adminPassword, '203.0.113.3')).status, 429)
  })

  test('users who do not exist are counted like those who do', async () => {
    const app = appBehind([])
    const nobody = { name: 'nobody', domain: { id: 'default' } }
    for (const status of [401, 401, 429]) assert.equal((await logIn(app, 'x', '', nobody)).status, status)
  })

  test('changes of password are guesses too', async () => {
    const app = appBehind([])
    const ann = await faces.addTenant('guessed', 'member')
    const change = (original: string) =>
      request(app)
        .post(`/identity/v3/users/${ann.userId}/password`)
        .set('X-Auth-Token', ann.token)
        .send({ user: { original_password: original, password: 'new' } })
    for (const status of [401, 401, 429]) assert.equal((await change('wrong')).status, status)
    assert.equal((await change('pw')).status, 429)
  })
})

async function raw(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (data: string) => (answer += data))
  // The server may close before all of it is sent.
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}
