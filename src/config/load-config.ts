/** Reads the configuration: file, then environment, then flags; the later one wins. Every error names the key and its origin. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'
import type { Json, JsonObject } from '../util/json.ts'
import { buildBusConfig, checkBusConfig } from './bus-settings.ts'
import { readCidr } from '../model/network.ts'
import { ConfigError } from './config-error.ts'
import type { Config, LogLevel } from './config.ts'
import { resolveDriverPaths } from './driver-paths.ts'
import { buildDatabaseConfig } from './database-settings.ts'
import { buildImageImportConfig, checkImageImport } from './image-import-settings.ts'
import type { Setting } from './settings.ts'
import { environmentName, findSetting, settings } from './settings.ts'

export interface ConfigSources {
  /** Path of a YAML (or JSON) file; the environment's POLYVISOR_CONFIG when absent. */
  readonly file?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Values by key, already of the right type: `{ listen: '127.0.0.1:0' }`. The origin names the flag. */
  readonly flags?: readonly { readonly key: string; readonly value: Json; readonly origin: string }[]
}

interface Given {
  readonly value: Json
  readonly origin: string
}

/** @throws ConfigError */
export function loadConfig(sources: ConfigSources = {}): Config {
  const environment = sources.environment ?? {}
  const given = new Map<string, Given>()
  for (const { key, standard } of settings) given.set(key, { value: standard(), origin: 'default' })
  const file = sources.file ?? environment['POLYVISOR_CONFIG']
  if (file !== undefined) readFile(file, given)
  readEnvironment(environment, given)
  for (const { key, value, origin } of sources.flags ?? []) take(key, value, origin, given)
  const config = build(given)
  checkAddresses(config, given)
  checkNetwork(config, given)
  checkRole(config, given)
  checkDatabase(config, given)
  checkImageImport(config.imageImport, (key) => given.get(key)?.origin ?? '')
  checkBusConfig(config, (key) => given.get(key)?.origin ?? '', isLoopback)
  return config
}

/** A value as people write it in flags and the environment: JSON where it is JSON, a comma-separated list where a list is wanted. */
export function parseText(key: string, text: string, origin: string): Json {
  const types = typesOf(settingOf(key.startsWith('driverConfig.') ? 'driverConfig' : key, origin))
  if (key === 'drivers') return text === 'auto' ? text : splitList(text)
  if (types.includes('array')) return splitList(text)
  if (types.includes('string')) return text
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** POLYVISOR_… variables that are no setting: worth a warning, since most are misspelt. */
export function unknownEnvironment(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set(['POLYVISOR_CONFIG', ...settings.map(({ key }) => environmentName(key))])
  const isOurs = (name: string): boolean => name.startsWith('POLYVISOR_') && !name.startsWith('POLYVISOR_TEST_')
  return Object.keys(environment).filter((name) => isOurs(name) && !known.has(name))
}

function readFile(file: string, given: Map<string, Given>): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError('config', file, `cannot be read: ${(cause as Error).message}`, { cause })
  }
  const document = parseDocument(text)
  const [mistake] = document.errors
  if (mistake !== undefined)
    throw new ConfigError('config', file, `is not YAML: ${mistake.message.split('\n')[0] ?? ''}`)
  const content = (document.toJS() ?? {}) as Json
  if (!isObject(content)) throw new ConfigError('config', file, 'must be a list of `key: value` lines')
  for (const [key, value] of flatten(content)) {
    take(key, key === 'drivers' ? resolveDriverPaths(value, dirname(resolve(file))) : value, file, given)
  }
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>, given: Map<string, Given>): void {
  for (const { key } of settings) {
    const name = environmentName(key)
    const text = environment[name]
    if (text === undefined || text === '') continue
    const origin = `${name} in the environment`
    take(key, parseText(key, text, origin), origin, given)
  }
}

function take(key: string, value: Json, origin: string, given: Map<string, Given>): void {
  if (key.startsWith('driverConfig.')) {
    const before = given.get('driverConfig')?.value as JsonObject
    const merged = setPath(before, key.split('.').slice(1), value)
    take('driverConfig', merged, origin, given)
    return
  }
  const setting = settingOf(key, origin)
  const validate = ajv.compile(setting.schema)
  if (!validate(value)) {
    const but = setting.secret === true ? '' : `, but is ${JSON.stringify(value)}`
    throw new ConfigError(key, origin, `must be ${setting.expected}${but}`)
  }
  given.set(key, { value, origin })
}

function settingOf(key: string, origin: string): Setting {
  const setting = findSetting(key)
  if (setting !== undefined) return setting
  throw new ConfigError(key, origin, `is no setting; there are ${settings.map((known) => known.key).join(', ')}`)
}

function build(given: ReadonlyMap<string, Given>): Config {
  // Each value has passed its schema, so its type is known here.
  const value = <T>(key: string): T => given.get(key)?.value as T
  const dataDir = resolve(value<string>('dataDir'))
  const path = (key: string, standard: string): string => resolve(value<string | null>(key) ?? join(dataDir, standard))
  return {
    role: value('role'),
    dataDir,
    relayUrl: value<string | null>('relayUrl')?.replace(/\/+$/, '') ?? undefined,
    controlUrl: value<string | null>('controlUrl')?.replace(/\/+$/, '') ?? undefined,
    controlCaFile: value<string | null>('controlCaFile') ?? undefined,
    enrolmentSecretFile: path('enrolmentSecretFile', 'enrolment-secret'),
    adminPasswordFile: path('adminPasswordFile', 'admin-password'),
    credentialKeyFile: path('credentialKeyFile', 'credential-key'),
    imagesDir: path('imagesDir', 'images'),
    drainSeconds: value('drainSeconds'),
    smokeTest: value('smokeTest'),
    offloadShelved: value('offloadShelved'),
    listen: splitAddress(value('listen')),
    publicUrl: value<string | null>('publicUrl')?.replace(/\/+$/, '') ?? undefined,
    region: value('region'),
    hostName: value('hostName'),
    drivers: resolveDriverPaths(value('drivers'), process.cwd()) as Config['drivers'],
    driverConfig: value('driverConfig'),
    logLevel: value<LogLevel>('logLevel'),
    tokenLifetimeSeconds: value('tokenLifetimeSeconds'),
    passwords: {
      history: value('passwords.history'),
      lockoutFailures: value('passwords.lockoutFailures'),
      lockoutSeconds: value('passwords.lockoutSeconds'),
    },
    limits: {
      bodyBytes: value('limits.bodyBytes'),
      imageBytes: value('limits.imageBytes'),
      failedLoginsPerUser: value('limits.failedLoginsPerUser'),
      failedLoginsPerAddress: value('limits.failedLoginsPerAddress'),
      failedLoginWindowSeconds: value('limits.failedLoginWindowSeconds'),
    },
    imageImport: buildImageImportConfig(value),
    trustedProxies: value('trustedProxies'),
    allowPlaintext: value('allowPlaintext'),
    metrics: metricsOf(value('metrics')),
    network: { name: value('network.name'), cidr: value('network.cidr') },
    quotas: {
      instances: value('quotas.instances'),
      cores: value('quotas.cores'),
      ramMb: value('quotas.ramMb'),
      keyPairs: value('quotas.keyPairs'),
      metadataItems: value('quotas.metadataItems'),
    },
    overcommit: {
      vcpu: value('overcommit.vcpu'),
      memory: value('overcommit.memory'),
      disk: value('overcommit.disk'),
    },
    database: buildDatabaseConfig(value),
    bus: buildBusConfig(value),
  }
}

function splitAddress(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}

function metricsOf(text: string): Config['metrics'] {
  return text === 'on' || text === 'off' ? text : splitAddress(text)
}

function checkNetwork({ network }: Config, given: ReadonlyMap<string, Given>): void {
  try {
    readCidr(network.cidr)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ConfigError('network.cidr', given.get('network.cidr')?.origin ?? '', `cannot be used: ${error.message}`)
  }
}

function checkAddresses(config: Config, given: ReadonlyMap<string, Given>): void {
  const { host, port } = config.listen
  const origin = given.get('listen')?.origin ?? ''
  if (port > 65_535) throw new ConfigError('listen', origin, `must have a port from 0 to 65535, but has ${port}`)
  if (typeof config.metrics === 'object' && config.metrics.port > 65_535)
    throw new ConfigError('metrics', given.get('metrics')?.origin ?? '', 'must have a port from 0 to 65535')
  if (config.publicUrl === undefined && (host === '0.0.0.0' || host === '::')) {
    throw new ConfigError(
      'publicUrl',
      'missing',
      `must be given when listening on every address (listen is ${host}:${port})`,
    )
  }
  const encrypted = config.publicUrl?.startsWith('https:') === true
  const publicHost = config.publicUrl === undefined ? host : new URL(config.publicUrl).hostname
  if (!encrypted && !config.allowPlaintext && !(isLoopback(host) && isLoopback(publicHost))) {
    const beyond = isLoopback(host) ? given.get('publicUrl')?.origin : origin
    throw new ConfigError(
      isLoopback(host) ? 'publicUrl' : 'listen',
      beyond ?? '',
      'would send passwords in clear beyond this machine; put a TLS proxy in front and set publicUrl to its https:// address, or set allowPlaintext: true',
    )
  }
}

function checkRole(config: Config, given: ReadonlyMap<string, Given>): void {
  const { role, controlUrl, relayUrl } = config
  if (role !== 'agent') {
    if (relayUrl !== undefined) checkClear('relayUrl', relayUrl, "agents' tokens", config, given)
    return
  }
  if (controlUrl === undefined) {
    throw new ConfigError('controlUrl', 'missing', 'must be given for the role agent: the address of the API to join')
  }
  checkClear('controlUrl', controlUrl, 'the enrolment secret', config, given)
}

function checkClear(
  key: string,
  url: string,
  what: string,
  { allowPlaintext }: Config,
  given: ReadonlyMap<string, Given>,
): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || allowPlaintext || isLoopback(hostname)) return
  throw new ConfigError(
    key,
    given.get(key)?.origin ?? '',
    `would send ${what} in clear beyond this machine; use an https:// address, or set allowPlaintext: true`,
  )
}

function checkDatabase({ database }: Config, given: ReadonlyMap<string, Given>): void {
  const origin = (key: string): string => given.get(key)?.origin ?? ''
  if (database.engine === 'postgres' && database.url === undefined)
    throw new ConfigError('database.url', 'missing', 'must be given when database.engine is postgres')
  if (database.engine === 'sqlite' && database.url !== undefined)
    throw new ConfigError('database.url', origin('database.url'), 'is for database.engine postgres, which is sqlite')
  const { certFile, keyFile } = database.tls
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const missing = certFile === undefined ? 'certFile' : 'keyFile'
    throw new ConfigError(`database.tls.${missing}`, 'missing', 'database.tls.certFile and keyFile belong together')
  }
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

function* flatten(content: JsonObject, prefix = ''): Generator<readonly [string, Json]> {
  for (const [name, value] of Object.entries(content)) {
    const key = `${prefix}${name}`
    const isGroup = settings.some((setting) => setting.key.startsWith(`${key}.`))
    if (isGroup && isObject(value)) yield* flatten(value, `${key}.`)
    else yield [key, value]
  }
}

function setPath(target: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path
  if (rest.length === 0) return { ...target, [name]: value }
  const inner = target[name]
  return { ...target, [name]: setPath(inner !== undefined && isObject(inner) ? inner : {}, rest, value) }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typesOf(setting: Setting): readonly string[] {
  const { type } = setting.schema
  if (setting.schema['enum'] !== undefined) return ['string']
  return Array.isArray(type) ? type.map(String) : [String(type)]
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, meta: false, validateSchema: false })
