/** Every setting once: its key in the file, its schema, its default, and what it is for. The other names follow from the key. */
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import type { Json, JsonObject } from '../util/json.ts'
import { enforcedQuotas, novaQuotas } from '../model/quotas.ts'
import { logLevels, roles } from './config.ts'
import { busSettings } from './bus-settings.ts'
import { databaseSettings } from './database-settings.ts'
import { imageImportSettings } from './image-import-settings.ts'

export interface Setting {
  /** Path in the configuration file, with dots. */
  readonly key: string
  /** JSON Schema (draft 2020-12) of one value. */
  readonly schema: JsonObject
  /** Completes "must be …". */
  readonly expected: string
  readonly help: string
  readonly standard: () => Json
  /** Its value must not be printed. */
  readonly secret?: boolean
}

const gibibyte = 1024 ** 3
const address = '(\\[[0-9a-fA-F:.]+\\]|[^\\s:\\[\\]]+):[0-9]{1,5}'

const quotaWords = {
  instances: 'servers a project may have',
  cores: 'vCPUs the servers of a project may have together',
  ramMb: 'MB of memory the servers of a project may have together',
  keyPairs: 'key pairs a user may have',
  metadataItems: 'metadata items a server may have',
} as const

export const settings: readonly Setting[] = [
  {
    key: 'role',
    schema: { enum: [...roles] },
    expected: `one of ${roles.join(', ')}`,
    help: 'what this process runs: everything, or the share of one of several processes',
    standard: () => 'all',
  },
  {
    key: 'dataDir',
    schema: { type: 'string', minLength: 1 },
    expected: 'a folder',
    help: 'where the database, the images, the guests and the admin password are kept',
    standard: () => (process.getuid?.() === 0 ? '/var/lib/polyvisor' : join(homedir(), '.local/share/polyvisor')),
  },
  {
    key: 'listen',
    schema: { type: 'string', pattern: `^${address}$` },
    expected: 'HOST:PORT, for example 127.0.0.1:8774',
    help: 'address and port to listen on; port 0 lets the system choose',
    standard: () => '127.0.0.1:8774',
  },
  {
    key: 'publicUrl',
    schema: { type: ['string', 'null'], pattern: '^https?://[^/?#\\s]+(/[^?#\\s]*)?$' },
    expected: 'an http:// or https:// address without a query',
    help: 'address that links and the catalog show; derived from `listen` when absent',
    standard: () => null,
  },
  {
    key: 'relayUrl',
    schema: { type: ['string', 'null'], pattern: '^https?://[^/?#\\s]+(/[^?#\\s]*)?$' },
    expected: 'an http:// or https:// address without a query',
    help: 'where agents reach this very API, needed for consoles when several APIs stand behind one address',
    standard: () => null,
  },
  {
    key: 'controlUrl',
    schema: { type: ['string', 'null'], pattern: '^https?://[^/?#\\s]+(/[^?#\\s]*)?$' },
    expected: 'an http:// or https:// address without a query',
    help: 'for the role agent: address of the API that it joins',
    standard: () => null,
  },
  {
    key: 'controlCaFile',
    schema: { type: ['string', 'null'], minLength: 1 },
    expected: 'a file',
    help: 'for the role agent: certificate authority (PEM) to trust, beside the known ones, when calling controlUrl',
    standard: () => null,
  },
  {
    key: 'enrolmentSecretFile',
    schema: { type: ['string', 'null'], minLength: 1 },
    expected: 'a file',
    help: 'holds the secret with which agents join; enrolment-secret in the data directory when absent',
    standard: () => null,
  },
  {
    key: 'adminPasswordFile',
    schema: { type: ['string', 'null'], minLength: 1 },
    expected: 'a file',
    help: 'holds the admin’s first password; admin-password in the data directory when absent',
    standard: () => null,
  },
  {
    key: 'credentialKeyFile',
    schema: { type: ['string', 'null'], minLength: 1 },
    expected: 'a file',
    help: 'holds the key that users’ credentials are encrypted with, the same for all APIs; credential-key in the data directory when absent',
    standard: () => null,
  },
  {
    key: 'imagesDir',
    schema: { type: ['string', 'null'], minLength: 1 },
    expected: 'a folder',
    help: 'where images are kept, a shared folder when there are several APIs; images in the data directory when absent',
    standard: () => null,
  },
  {
    key: 'drainSeconds',
    schema: { type: 'integer', minimum: 0, maximum: 3600 },
    expected: 'a whole number from 0 to 3600',
    help: 'for the role agent: how long work that is under way may still take when it is stopped',
    standard: () => 20,
  },
  {
    key: 'smokeTest',
    schema: { type: 'boolean' },
    expected: 'true or false',
    help: 'tries a host that joins out, with a throw-away guest, before it takes work',
    standard: () => true,
  },
  {
    key: 'offloadShelved',
    schema: { type: 'boolean' },
    expected: 'true or false',
    help: 'a shelved server leaves its host at once; otherwise an admin takes it off with shelveOffload',
    standard: () => true,
  },
  {
    key: 'region',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    expected: 'a name',
    help: 'the region that the catalog names',
    standard: () => 'RegionOne',
  },
  {
    key: 'hostName',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    expected: 'a name',
    help: 'name of this machine, as drivers and `host list` show it',
    standard: () => hostname(),
  },
  {
    key: 'drivers',
    schema: {
      anyOf: [
        { const: 'auto' },
        {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: { type: 'string', pattern: '^([a-z][a-z0-9-]*|[^\\0]*/[^\\0]*)$' },
        },
      ],
    },
    expected: '`auto` or a list of driver names and paths; a path has a / in it, such as ./my-driver/index.js',
    help: 'drivers to open, by name or by the path of a module that exports `plugin` or of a driver.json; auto opens every real one that is healthy (never sim)',
    standard: () => 'auto',
  },
  {
    key: 'driverConfig',
    schema: { type: 'object', additionalProperties: { type: 'object' } },
    expected: 'an object with one object per driver name',
    help: 'settings of each driver, by its name',
    standard: () => ({}),
    secret: true,
  },
  {
    key: 'logLevel',
    schema: { enum: [...logLevels] },
    expected: `one of ${logLevels.join(', ')}`,
    help: 'the least important messages to log',
    standard: () => 'info',
  },
  {
    key: 'tokenLifetimeSeconds',
    schema: { type: 'integer', minimum: 10, maximum: 31_536_000 },
    expected: 'a whole number from 10 to 31536000',
    help: 'how long a token is good for',
    standard: () => 3600,
  },
  {
    key: 'passwords.history',
    schema: { type: 'integer', minimum: 1, maximum: 24 },
    expected: 'a whole number from 1 to 24',
    help: 'how many of a user’s last passwords a new one must differ from, the current one included',
    standard: () => 1,
  },
  {
    key: 'passwords.lockoutFailures',
    schema: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    expected: 'a whole number from 0 to 1000000',
    help: 'wrong passwords in a row, from wherever, until a user is locked out for a while; 0 for never',
    standard: () => 0,
  },
  {
    key: 'passwords.lockoutSeconds',
    schema: { type: 'integer', minimum: 1, maximum: 31_536_000 },
    expected: 'a whole number from 1 to 31536000',
    help: 'how long a user is locked out after that, from the last wrong password on',
    standard: () => 1800,
  },
  {
    key: 'limits.bodyBytes',
    schema: { type: 'integer', minimum: 1024, maximum: 64 * 1024 ** 2 },
    expected: 'a whole number from 1024 to 67108864',
    help: 'largest JSON body that is read',
    standard: () => 1024 ** 2,
  },
  {
    key: 'limits.imageBytes',
    schema: { type: 'integer', minimum: 512 },
    expected: 'a whole number, at least 512',
    help: 'largest image that may be uploaded',
    standard: () => 1024 * gibibyte,
  },
  {
    key: 'limits.failedLoginsPerUser',
    schema: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    expected: 'a whole number from 1 to 1000000',
    help: 'wrong passwords for one user from one address until no more are looked at for a while',
    standard: () => 10,
  },
  {
    key: 'limits.failedLoginsPerAddress',
    schema: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    expected: 'a whole number from 1 to 1000000',
    help: 'the same for all users together; behind a proxy, name it in trustedProxies, or all clients share its address',
    standard: () => 100,
  },
  {
    key: 'limits.failedLoginWindowSeconds',
    schema: { type: 'integer', minimum: 1, maximum: 86_400 },
    expected: 'a whole number from 1 to 86400',
    help: 'how long wrong passwords are remembered, from the first one on',
    standard: () => 300,
  },
  ...imageImportSettings,
  {
    key: 'trustedProxies',
    schema: {
      type: 'array',
      items: { type: 'string', pattern: '^(loopback|linklocal|uniquelocal|[0-9a-fA-F:.]+(/[0-9]{1,3})?)$' },
    },
    expected: 'a list of addresses or networks such as 10.0.0.0/8',
    help: 'proxies whose X-Forwarded-… headers are believed',
    standard: () => [],
  },
  {
    key: 'allowPlaintext',
    schema: { type: 'boolean' },
    expected: 'true or false',
    help: 'lets passwords travel unencrypted beyond this machine',
    standard: () => false,
  },
  {
    key: 'metrics',
    schema: { type: 'string', pattern: `^(on|off|${address})$` },
    expected: 'on, off or HOST:PORT',
    help: 'where /metrics is shown to everybody: on (at the address of `listen`), off, or at an address of its own',
    standard: () => 'on',
  },
  {
    key: 'network.name',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    expected: 'a name',
    help: 'what the shared network is called that servers are on; read at the first start only',
    standard: () => 'shared',
  },
  {
    key: 'network.cidr',
    schema: { type: 'string', pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}/([89]|[12][0-9])$' },
    expected: 'an IPv4 network such as 10.224.0.0/12, of 8 to 29 bits',
    help: 'addresses that servers get on it; read at the first start only',
    standard: () => '10.224.0.0/12',
  },
  ...enforcedQuotas.map((name) => ({
    key: `quotas.${name}`,
    schema: { type: 'integer', minimum: -1, maximum: 2_147_483_647 },
    expected: 'a whole number, or -1 for no limit',
    help: `how many ${quotaWords[name]} until an admin says otherwise`,
    standard: () => novaQuotas[name],
  })),
  ...(['vcpu', 'memory', 'disk'] as const).map((resource) => ({
    key: `overcommit.${resource}`,
    schema: { type: 'number', minimum: 0.1, maximum: 100 },
    expected: 'a number from 0.1 to 100',
    help: `how much ${resource} may be promised for each one that is there`,
    standard: () => (resource === 'vcpu' ? 4 : 1),
  })),
  ...databaseSettings,
  ...busSettings,
]

export function findSetting(key: string): Setting | undefined {
  return settings.find((setting) => setting.key === key)
}

/** `limits.bodyBytes` → `POLYVISOR_LIMITS_BODY_BYTES`. */
export function environmentName(key: string): string {
  return `POLYVISOR_${key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`
}
