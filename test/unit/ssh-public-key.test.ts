import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { generateKey } from '../../src/identity/keys/generate-key.ts'
import { parseSshPublicKey } from '../../src/identity/keys/ssh-public-key.ts'
import { parseCertificate } from '../../src/identity/keys/x509-certificate.ts'
import { PolyvisorError } from '../../src/model/errors.ts'

/** Made by ssh-keygen; the fingerprints are what `ssh-keygen -l -E md5` says. */
const known = [
  [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID+mCPpnJqUscbXc6OwRpn3vZis2NISH1/D0RfVQHi9n me@host',
    'ac:15:1c:8f:99:45:97:9c:31:73:b5:0c:03:91:86:77',
  ],
  [
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBA4nm84bI117AC5Buf827qr1as5eUbNga4jLECuw5NN5sQFtk2CcTCid0v/zPTo8R6CTfDXq4/Ua/2xQwkmSrHA=',
    'd7:69:61:93:87:ce:69:d0:9a:9c:b4:74:ff:18:90:59',
  ],
  [
    'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBNYUUs+gIBZi8q8HtHjPN9bqgbruE3TnL9XVQgFgrQK5s9uc+9cv4KjWx8mFjyofq012enSBxQ8RzAwBEn3wMMYs5OWmBY4zLfemTYB0MM9ubmxa/5zz5ZUlYjHUx/Ff4g== x',
    '31:92:54:e1:8d:9c:27:40:bf:48:cb:f8:d9:a5:25:8e',
  ],
  [
    'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAH3/Wu1owxiVP3Sr6NwTl8Qb0omxESPUwSpx3LKrXmyQvjlUEQRfc3tgMAtyucyqtYYBDCJRA3+XxWMnYep3OPxGAERX31hQ4l8c8zElk7N2Qs1YRMisB+U8EKDGaJYu2Of9k8V4J2Y+u0Z2c4XpCbz4NABWsEJGlgz3A9XdtR5oyyzPw== a comment of words',
    '93:e7:6c:0f:a6:c1:67:ce:0f:fe:bc:74:80:db:ba:75',
  ],
  [
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDnX9LwjGSZmPAZ83r0NC61dUmD8d1eKWVotnUuUuL6cgM2oU6w2dsNDAmt8wy5p8fndhxQNjniifgnl6Udg7QPTIPjDQL8EEnVl9Uxw6HftvgMRaiRt9zPBSAclTyfrqhgAgGU9BBq6GgfMRmD+Mjywr+FMxx+9EzOc225w4H4jK9g20mqcN5902jEQar788VSUcXEu2p1aae6i6eWbvU1affXNGYpuV4DuJdYxkOd1OnRSGbgLbnKjhgjHHXvU4ZzxRDqLa4z95Huz8C4/2kgsDnaZzm2I3WejMu8H8+ZmWCplJxeTY5Umq9OqEQO0rt5ASCflKAciz8ymfCgy4wP me@host',
    '64:7a:d4:15:32:4a:0e:79:11:bf:25:20:51:73:2c:b6',
  ],
] as const

test('keys of ssh-keygen are taken, with the fingerprint that it shows', () => {
  for (const [line, fingerprint] of known) {
    assert.equal(parseSshPublicKey(`${line}\n`).line, line)
    assert.equal(parseSshPublicKey(line).fingerprint, fingerprint)
  }
})

const refused = (text: string, reason: RegExp) =>
  assert.throws(
    () => parseSshPublicKey(text),
    (error) => error instanceof PolyvisorError && error.status === 400 && reason.test(error.message),
    text.slice(0, 60),
  )

test('what is no key, more than a key, or a weak one is refused with the reason', () => {
  const [[ed25519]] = known
  const [type = '', base64 = ''] = ed25519.split(' ')
  const blob = Buffer.from(base64, 'base64')
  const line = (bytes: Buffer, named = type) => `${named} ${bytes.toString('base64')}`
  refused('', /one line/)
  refused('ssh-ed25519', /one line/)
  refused(`${ed25519}\n${ed25519}`, /one line/)
  refused(`${ed25519}\r${ed25519}`, /one line/)
  refused(`command="sh" ${ed25519}`, /one line/)
  refused('ssh-rsa not+base64=really me', /one line|Base64|ends/)
  refused(line(blob, 'ssh-rsa'), /not of the type/)
  refused(line(Buffer.concat([blob, Buffer.of(0)])), /bytes follow/)
  refused(line(blob.subarray(0, -1)), /ends too early/)
  refused(line(Buffer.from('0000000b7373682d65643235353139ffffffff', 'hex')), /ends too early/)
  refused(line(Buffer.from('000000077373682d647373', 'hex'), 'ssh-dss'), /its type/)
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  const rsa = (n: Buffer) => Buffer.concat([Buffer.from('ssh-rsa'), Buffer.of(1, 0, 1), n].map(field))
  refused(line(rsa(Buffer.from(`00${'c1'.repeat(64)}`, 'hex')), 'ssh-rsa'), /1024/)
  const point = Buffer.from(known[1][0].split(' ')[1] ?? '', 'base64')
  point[point.length - 1] = (point.at(-1) ?? 0) ^ 1
  refused(line(point, 'ecdsa-sha2-nistp256'), /curve/)
})

test('whatever bytes come, the answer is a key or a bad request', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(known.length - 1), fc.nat(), (bytes, which, at) => {
      const [type = '', base64 = ''] = (known[which]?.[0] ?? '').split(' ')
      const blob = Buffer.from(base64, 'base64')
      const mutated = Buffer.concat([blob.subarray(0, at % blob.length), bytes])
      try {
        parseSshPublicKey(`${type} ${mutated.toString('base64')}`)
      } catch (error) {
        assert.ok(error instanceof PolyvisorError && error.status === 400, String(error))
      }
    }),
  )
})

test('a made key pair: both halves belong together, and the public one is taken by our own reader', async () => {
  const made = await generateKey('ssh', 'somebody', 0)
  assert.match(made.privateKey, /^-----BEGIN RSA PRIVATE KEY-----\n/)
  assert.equal(parseSshPublicKey(made.publicKey).fingerprint, made.fingerprint)
  const { n } = createPublicKey(createPrivateKey(made.privateKey)).export({ format: 'jwk' })
  const modulus = Buffer.from(String(n), 'base64url')
  assert.ok(Buffer.from(made.publicKey.split(' ')[1] ?? '', 'base64').includes(modulus))
})

test('a made certificate signs itself, names the user, lasts ten years, and is taken by our own reader', async () => {
  for (const nowMs of [Date.UTC(2026, 0, 31), Date.UTC(2045, 0, 31)]) {
    const made = await generateKey('x509', 'somebody', nowMs)
    const certificate = new X509Certificate(made.publicKey)
    assert.ok(certificate.verify(certificate.publicKey))
    assert.ok(certificate.checkPrivateKey(createPrivateKey(made.privateKey)))
    assert.equal(certificate.subject, 'CN=somebody')
    assert.equal(Date.parse(certificate.validFrom), nowMs)
    assert.equal(Date.parse(certificate.validTo), nowMs + 10 * 365 * 24 * 3_600_000)
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.2'])
    assert.equal(parseCertificate(made.publicKey).fingerprint, made.fingerprint)
    assert.match(made.fingerprint, /^([0-9a-f]{2}:){19}[0-9a-f]{2}$/)
    for (const text of [
      '',
      made.publicKey + made.publicKey,
      made.publicKey.replace(/M/g, '!'),
      randomBytes(20).toString(),
    ]) {
      assert.throws(() => parseCertificate(text), PolyvisorError)
    }
  }
})
