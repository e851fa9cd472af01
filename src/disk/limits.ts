/** The caps of the engine, in one place; each can be lowered or raised by the caller. */
export interface DiskLimits {
  /** Guest-visible size. */
  readonly maxVirtualSizeBytes: number
  /** How many bytes of mapping tables one inspection reads; what lies beyond is left unchecked and said so. */
  readonly maxTableBytes: number
}

export const defaultDiskLimits: DiskLimits = {
  maxVirtualSizeBytes: 64 * 1024 ** 4,
  maxTableBytes: 512 * 1024 ** 2,
}
