/** The numbers of libvirt's C headers that we use, by their names there. */

/** virDomainState */
export const domainState = {
  noState: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shuttingDown: 4,
  shutOff: 5,
  crashed: 6,
  pmSuspended: 7,
} as const

/** virDomainShutoffReason and virDomainPausedReason: the ones that change an answer of ours. */
export const shutOffReason = { crashed: 3, saved: 5, failed: 6 } as const
export const pausedReason = { migration: 2, crashed: 10, startingUp: 11 } as const

/** virDomainModificationImpact */
export const affect = { current: 0, live: 1, config: 2 } as const

/** virDomainMetadataType */
export const metadataType = { description: 0, title: 1, element: 2 } as const

/** virDomainUndefineFlagsValues */
export const undefineFlag = {
  managedSave: 1,
  snapshotsMetadata: 2,
  nvram: 4,
  keepNvram: 8,
  checkpointsMetadata: 16,
  tpm: 32,
} as const

/** virDomainShutdownFlagValues, virDomainRebootFlagValues */
export const shutdownFlag = { hypervisorChoice: 0, acpiPowerButton: 1 } as const

/** virDomainXMLFlags */
export const xmlFlag = { secure: 1, inactive: 2, migratable: 8 } as const

/** virDomainMigrateFlags */
export const migrateFlag = {
  live: 1,
  peerToPeer: 2,
  persistDestination: 8,
  paused: 32,
  nonSharedDisk: 64,
  unsafe: 512,
  abortOnError: 4096,
} as const

/** virDomainBackupBeginFlags */
export const backupFlag = { reuseExternal: 1 } as const

/** virDomainJobType */
export const jobType = { none: 0, bounded: 1, unbounded: 2, completed: 3, failed: 4, cancelled: 5 } as const

/** virDomainJobOperation */
export const jobOperation = { migrationOut: 5 } as const

/** virDomainControlState */
export const controlState = { ok: 0, job: 1, occupied: 2, error: 3 } as const

/** virDomainEventID */
export const eventId = { lifecycle: 0, reboot: 1 } as const

/** virDomainEventType: index is the number. */
export const lifecycleEvents = [
  'defined',
  'undefined',
  'started',
  'suspended',
  'resumed',
  'stopped',
  'shutdown',
  'pmsuspended',
  'crashed',
] as const
export type LifecycleEvent = (typeof lifecycleEvents)[number]

/** virDomainEventStoppedDetailType */
export const stoppedDetail = { shutdown: 0, destroyed: 1, crashed: 2, migrated: 3, saved: 4, failed: 5 } as const

/** virDomainStatsTypes */
export const statsType = { state: 1, cpuTotal: 2, balloon: 4, vcpu: 8, interface: 16, block: 32 } as const

/** virDomainOpenGraphicsFlags */
export const openGraphicsFlag = { skipAuth: 1 } as const

/** virErrorNumber */
export const virError = {
  internalError: 1,
  noMemory: 2,
  noSupport: 3,
  noConnect: 5,
  invalidConn: 6,
  invalidArg: 8,
  operationFailed: 9,
  osType: 16,
  xmlError: 27,
  domainExists: 28,
  operationDenied: 29,
  xmlDetail: 35,
  systemError: 38,
  rpc: 39,
  noDomain: 42,
  authFailed: 45,
  operationInvalid: 55,
  configUnsupported: 67,
  operationTimeout: 68,
  argumentUnsupported: 74,
  operationAborted: 78,
  authCancelled: 79,
  noDomainMetadata: 80,
  overflow: 82,
  operationUnsupported: 84,
  agentUnresponsive: 86,
  resourceBusy: 87,
  accessDenied: 88,
  cpuIncompatible: 91,
  xmlInvalidSchema: 92,
  authUnavailable: 94,
  noServer: 95,
  noClient: 96,
  agentUnsynced: 97,
  deviceMissing: 99,
  agentCommandTimeout: 112,
} as const
