import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError } from '../../src/config/config-error.ts'
import { publicUrlFor } from '../../src/config/config.ts'
import { checkDriverConfig } from '../../src/config/driver-config.ts'
import { loadConfig, parseText, unknownEnvironment, type ConfigSources } from '../../src/config/load-config.ts'
import { environmentName, settings } from '../../src/config/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-config-'))
after(() => rmSync(folder, { recursive: true }))

function file(text: string): string {
  const path = join(folder, 'polyvisor.yaml')
  writeFileSync(path, text)
  return path
}

function flag(key: string, value: string): NonNullable<ConfigSources['flags']>[number] {
  return { key, value: parseText(key, value, `--set ${key}`), origin: `--set ${key}` }
}

test('without any source the service is safe: loopback, real drivers, no plain text', () => {
  const config = loadConfig()
  assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8774 })
  assert.equal(publicUrlFor(config, config.listen.port), 'http://127.0.0.1:8774')
  assert.equal(config.drivers, 'auto')
  assert.equal(config.allowPlaintext, false)
})

test('flags win over the environment, the environment over the file', () => {
  const path = file('logLevel: debug\nregion: file\nhostName: file\nlimits:\n  bodyBytes: 2048\n')
  const environment = { POLYVISOR_REGION: 'environment', POLYVISOR_HOST_NAME: 'environment' }
  const config = loadConfig({ file: path, environment, flags: [flag('hostName', 'flag')] })
  assert.equal(config.logLevel, 'debug')
  assert.equal(config.region, 'environment')
  assert.equal(config.hostName, 'flag')
  assert.equal(config.limits.bodyBytes, 2048)
})

test('the environment names the file too', () => {
  assert.equal(loadConfig({ environment: { POLYVISOR_CONFIG: file('region: north') } }).region, 'north')
})

test('every setting can be set by its name in the environment', () => {
  const samples: Readonly<Record<string, string>> = {
    role: 'agent',
    dataDir: '/x',
    listen: '[::1]:0',
    publicUrl: 'https://cloud.example/',
    relayUrl: 'https://api-1.example/',
    controlUrl: 'https://control.example/',
    controlCaFile: '/ca.pem',
    enrolmentSecretFile: '/secret',
    adminPasswordFile: '/password',
    credentialKeyFile: '/key',
    imagesDir: '/images',
    drainSeconds: '5',
    smokeTest: 'false',
    offloadShelved: 'false',
    region: 'north',
    hostName: 'h',
    drivers: 'qemu, sim',
    driverConfig: '{"sim":{"hosts":3}}',
    logLevel: 'warn',
    tokenLifetimeSeconds: '60',
    'passwords.history': '5',
    'passwords.lockoutFailures': '6',
    'passwords.lockoutSeconds': '600',
    'limits.bodyBytes': '4096',
    'limits.imageBytes': '1000000',
    'limits.failedLoginsPerUser': '3',
    'limits.failedLoginsPerAddress': '30',
    'limits.failedLoginWindowSeconds': '60',
    'imageImport.methods': 'glance-direct',
    'imageImport.networks': '10.1.0.0/16,fd00::/8',
    'imageImport.ports': '80,8080',
    'imageImport.maxSeconds': '60',
    trustedProxies: '10.0.0.0/8,::1',
    allowPlaintext: 'true',
    metrics: '127.0.0.1:9464',
    'network.name': 'lan',
    'network.cidr': '10.0.0.0/8',
    'quotas.instances': '-1',
    'quotas.cores': '40',
    'quotas.ramMb': '1024',
    'quotas.keyPairs': '7',
    'quotas.metadataItems': '8',
    'overcommit.vcpu': '8',
    'overcommit.memory': '1.5',
    'overcommit.disk': '2',
    'database.engine': 'postgres',
    'database.url': 'postgres://polyvisor@db/polyvisor',
    'database.passwordFile': '/run/secrets/db',
    'database.tls.caFile': '/ca.pem',
    'database.tls.certFile': '/cert.pem',
    'database.tls.keyFile': '/key.pem',
    'database.poolSize': '20',
    'database.durability': 'full',
    'bus.url': 'amqps://polyvisor@mq/cloud',
    'bus.passwordFile': '/run/secrets/mq',
    'bus.managementUrl': 'https://mq:15671/',
    'bus.agentUrl': 'amqps://mq.example/cloud',
    'bus.tls.caFile': '/ca.pem',
    'bus.tls.certFile': '/cert.pem',
    'bus.tls.keyFile': '/key.pem',
    'bus.prefetch': '50',
  }
  assert.deepEqual(
    Object.keys(samples),
    settings.map(({ key }) => key),
  )
  const environment = Object.fromEntries(Object.entries(samples).map(([key, text]) => [environmentName(key), text]))
  const config = loadConfig({ environment })
  assert.deepEqual(config, {
    role: 'agent',
    dataDir: '/x',
    listen: { host: '::1', port: 0 },
    publicUrl: 'https://cloud.example',
    relayUrl: 'https://api-1.example',
    controlUrl: 'https://control.example',
    controlCaFile: '/ca.pem',
    enrolmentSecretFile: '/secret',
    adminPasswordFile: '/password',
    credentialKeyFile: '/key',
    imagesDir: '/images',
    drainSeconds: 5,
    smokeTest: false,
    offloadShelved: false,
    region: 'north',
    hostName: 'h',
    drivers: ['qemu', 'sim'],
    driverConfig: { sim: { hosts: 3 } },
    logLevel: 'warn',
    tokenLifetimeSeconds: 60,
    passwords: { history: 5, lockoutFailures: 6, lockoutSeconds: 600 },
    limits: {
      bodyBytes: 4096,
      imageBytes: 1_000_000,
      failedLoginsPerUser: 3,
      failedLoginsPerAddress: 30,
      failedLoginWindowSeconds: 60,
    },
    imageImport: {
      methods: ['glance-direct'],
      networks: ['10.1.0.0/16', 'fd00::/8'],
      ports: [80, 8080],
      maxSeconds: 60,
    },
    trustedProxies: ['10.0.0.0/8', '::1'],
    allowPlaintext: true,
    metrics: { host: '127.0.0.1', port: 9464 },
    network: { name: 'lan', cidr: '10.0.0.0/8' },
    quotas: { instances: -1, cores: 40, ramMb: 1024, keyPairs: 7, metadataItems: 8 },
    overcommit: { vcpu: 8, memory: 1.5, disk: 2 },
    database: {
      engine: 'postgres',
      url: 'postgres://polyvisor@db/polyvisor',
      passwordFile: '/run/secrets/db',
      tls: { caFile: '/ca.pem', certFile: '/cert.pem', keyFile: '/key.pem' },
      poolSize: 20,
      durability: 'full',
    },
    bus: {
      url: 'amqps://polyvisor@mq/cloud',
      passwordFile: '/run/secrets/mq',
      managementUrl: 'https://mq:15671',
      agentUrl: 'amqps://mq.example/cloud',
      tls: { caFile: '/ca.pem', certFile: '/cert.pem', keyFile: '/key.pem' },
      prefetch: 50,
    },
  })
})

test('one driver setting can be set alone', () => {
  const config = loadConfig({
    file: file('driverConfig: { sim: { hosts: 2, name: a } }'),
    flags: [flag('driverConfig.sim.hosts', '5'), flag('driverConfig.qemu.accelerator', 'tcg')],
  })
  assert.deepEqual(config.driverConfig, { sim: { hosts: 5, name: 'a' }, qemu: { accelerator: 'tcg' } })
})

const mistakes: readonly (readonly [string, () => ConfigSources, RegExp])[] = [
  [
    'a bus beyond this machine without TLS, whose password is not repeated',
    () => ({ flags: [flag('bus.url', 'amqp://polyvisor:hush@mq/')] }),
    /^bus\.url \(--set bus\.url\): (?!.*hush).*clear.*amqps/,
  ],
  [
    'a bus address of another kind, whose password is not repeated',
    () => ({ flags: [flag('bus.url', 'http://polyvisor:hush@mq/')] }),
    /^bus\.url (?!.*hush).*must be amqp:/,
  ],
  [
    'half a certificate for the bus',
    () => ({ flags: [flag('bus.tls.certFile', '/cert.pem')] }),
    /^bus\.tls\.keyFile \(missing\)/,
  ],
  [
    'misspelt key in the file',
    () => ({ file: file('lissten: x') }),
    /^lissten \(.*polyvisor\.yaml\): is no setting; there are role, dataDir/,
  ],
  [
    'wrong type in the environment',
    () => ({ environment: { POLYVISOR_LIMITS_BODY_BYTES: 'much' } }),
    /^limits\.bodyBytes \(POLYVISOR_LIMITS_BODY_BYTES in the environment\): must be a whole number .*"much"/,
  ],
  ['bad address by flag', () => ({ flags: [flag('listen', '8774')] }), /^listen \(--set listen\): must be HOST:PORT/],
  [
    'bad port',
    () => ({ flags: [flag('listen', 'localhost:70000')] }),
    /^listen \(--set listen\): must have a port from 0 to 65535/,
  ],
  [
    'plain text beyond loopback',
    () => ({ flags: [flag('listen', '10.0.0.1:8774')] }),
    /^listen \(--set listen\): would send passwords in clear/,
  ],
  [
    'plain text behind a proxy',
    () => ({ flags: [flag('publicUrl', 'http://cloud.example')] }),
    /^publicUrl \(--set publicUrl\): would send passwords/,
  ],
  [
    'plain text to agents that bring consoles',
    () => ({ flags: [flag('relayUrl', 'http://api-1.example:8774')] }),
    /^relayUrl \(--set relayUrl\): would send agents' tokens in clear beyond this machine; use an https/,
  ],
  [
    'every address without a public one',
    () => ({ flags: [flag('listen', '0.0.0.0:8774')] }),
    /^publicUrl \(missing\): must be given/,
  ],
  [
    'a network with bits behind its length',
    () => ({ flags: [flag('network.cidr', '10.0.0.1/8')] }),
    /^network\.cidr \(--set network\.cidr\): cannot be used: 10\.0\.0\.1\/8 has bits behind its length/,
  ],
  ['no such file', () => ({ file: join(folder, 'none.yaml') }), /^config \(.*none\.yaml\): cannot be read/],
]
for (const [name, sources, text] of mistakes) {
  test(`an error names the key and its origin: ${name}`, () => {
    assert.throws(
      () => loadConfig(sources()),
      (error) => error instanceof ConfigError && text.test(error.message),
    )
  })
}

test('a file that is not YAML is named', () => {
  assert.throws(() => loadConfig({ file: file('a: [1') }), /^ConfigError: config \(.*polyvisor\.yaml\): is not YAML/)
})

test('plain text beyond loopback is allowed when told so, and TLS in front needs nothing', () => {
  loadConfig({ flags: [flag('listen', '10.0.0.1:8774'), flag('allowPlaintext', 'true')] })
  loadConfig({ flags: [flag('listen', '10.0.0.1:8774'), flag('publicUrl', 'https://cloud.example')] })
})

test('a mistake in a driver’s settings names the key and keeps the value to itself', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: { password: { type: 'integer' }, hosts: { type: 'integer', default: 1 } },
  }
  assert.deepEqual(checkDriverConfig('sim', schema, {}), { hosts: 1 })
  assert.throws(
    () => checkDriverConfig('sim', schema, { password: 'geheim' }),
    (error: Error) => /^driverConfig\.sim\.password/.test(error.message) && !error.message.includes('geheim'),
  )
  assert.throws(() => checkDriverConfig('sim', schema, { hostz: 1 }), /driverConfig\.sim\.hostz .*no such setting/)
  assert.throws(
    () => loadConfig({ environment: { POLYVISOR_DRIVER_CONFIG: '"geheim"' } }),
    (error: Error) => !error.message.includes('geheim'),
  )
})

test('a misspelt variable is noticed', () => {
  assert.deepEqual(unknownEnvironment({ POLYVISOR_LISTN: 'x', POLYVISOR_LISTEN: 'y', PATH: 'z' }), ['POLYVISOR_LISTN'])
})
