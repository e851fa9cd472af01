/** The caps of the engine, in one place; each can be lowered or raised by the caller. */
export interface DiskLimits {
  /** Guest-visible size. */
  readonly maxVirtualSizeBytes: number
  /** How many bytes of mapping tables one inspection reads; what lies beyond is left unchecked and said so. */
  readonly maxTableBytes: number
}

/** A small table costs a read like a large one, so it counts as this much: what bounds the time. */
export const minTableCostBytes = 4096

export const defaultDiskLimits: DiskLimits = {
  maxVirtualSizeBytes: 64 * 1024 ** 4,
  maxTableBytes: 512 * 1024 ** 2,
}
