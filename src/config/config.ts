/**
 * The service's configuration as values: read once at the start by load-config.ts, never changed afterwards.
 * What each setting means, its default and its names in files, environment and flags stand in settings.ts.
 */
import type { JsonObject } from '../util/json.ts'
import type { BusConfig } from './bus-settings.ts'
import type { DatabaseConfig } from './database-settings.ts'
import type { ImageImportConfig } from './image-import-settings.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Which parts this process runs: all of them, or one of several processes' shares. */
export const roles = ['all', 'api', 'conductor', 'agent'] as const
export type Role = (typeof roles)[number]

export interface Config {
  readonly role: Role
  /** Absolute path; made at the start when missing, with mode 0700. */
  readonly dataDir: string
  /** Port 0 lets the system choose. */
  readonly listen: { readonly host: string; readonly port: number }
  /** Without a slash at its end; undefined means: derived from the address that is listened on (see publicUrlFor). */
  readonly publicUrl: string | undefined
  /** Where agents reach this very API, where several stand behind one address; without a slash at its end. */
  readonly relayUrl: string | undefined
  /** For the role agent: where it finds the API of its control plane, without a slash at its end. */
  readonly controlUrl: string | undefined
  /** A certificate authority to trust beside the system's when calling controlUrl. */
  readonly controlCaFile: string | undefined
  /** Holds the secret with which agents enrol; made by the API when missing. */
  readonly enrolmentSecretFile: string
  /** Holds the admin's first password; made by the API when missing. */
  readonly adminPasswordFile: string
  /** Holds the key that users' credentials are encrypted with; made by the API when missing. Several APIs share it. */
  readonly credentialKeyFile: string
  /** Several APIs share it. */
  readonly imagesDir: string
  /** How long calls that are under way may still take when an agent of its own is stopped. */
  readonly drainSeconds: number
  /** Whether a host that joins is tried out before it takes work. */
  readonly smokeTest: boolean
  /** Whether a shelved server leaves its host at once. */
  readonly offloadShelved: boolean
  readonly region: string
  /** A name for this machine, as drivers and `host list` show it. */
  readonly hostName: string
  /** Names and absolute paths (see driver-paths.ts); auto: every real driver that is healthy. */
  readonly drivers: 'auto' | readonly string[]
  /** By driver id; checked against each driver's own schema when it is opened. May hold secrets. */
  readonly driverConfig: Readonly<Record<string, JsonObject>>
  readonly logLevel: LogLevel
  readonly tokenLifetimeSeconds: number
  readonly passwords: {
    /** A new password differs from so many last ones, the current one included. */
    readonly history: number
    /** Wrong ones in a row until the user is locked out; 0 for never. */
    readonly lockoutFailures: number
    readonly lockoutSeconds: number
  }
  readonly limits: {
    readonly bodyBytes: number
    readonly imageBytes: number
    /** Wrong passwords for one user from one address, and from one address, within the window. */
    readonly failedLoginsPerUser: number
    readonly failedLoginsPerAddress: number
    readonly failedLoginWindowSeconds: number
  }
  readonly imageImport: ImageImportConfig
  /** Addresses or networks whose X-Forwarded-… headers are believed. */
  readonly trustedProxies: readonly string[]
  readonly allowPlaintext: boolean
  /** The shared network, as the first start makes it. */
  readonly network: { readonly name: string; readonly cidr: string }
  /** Where /metrics is shown: at the address above, nowhere, or at an address of its own. */
  readonly metrics: 'on' | 'off' | { readonly host: string; readonly port: number }
  /** What a project may have unless an admin says otherwise; -1 is without a limit. */
  readonly quotas: {
    readonly instances: number
    readonly cores: number
    readonly ramMb: number
    readonly keyPairs: number
    readonly metadataItems: number
  }
  readonly overcommit: { readonly vcpu: number; readonly memory: number; readonly disk: number }
  readonly database: DatabaseConfig
  readonly bus: BusConfig
}

/** The base of all links, once it is known which port is listened on. */
export function publicUrlFor(config: Config, port: number): string {
  if (config.publicUrl !== undefined) return config.publicUrl
  const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host
  return `http://${host}:${port}`
}
