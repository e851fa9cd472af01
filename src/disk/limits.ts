/** The caps of the engine, in one place; each can be lowered or raised by the caller. */
export interface DiskLimits {
  /** Guest-visible size. */
  readonly maxVirtualSizeBytes: number
  /** How many bytes of mapping tables one inspection reads; what lies beyond is left unchecked and said so. */
  readonly maxTableBytes: number
  /** Guest data other than zeros that one conversion may give. */
  readonly maxOutputBytes: number
  /** The same, as a multiple of the image's own bytes. Deflate reaches 1032; the first GiB is free. */
  readonly maxExpansion: number
}

/** A small table costs a read like a large one, so it counts as this much: what bounds the time. */
export const minTableCostBytes = 4096

export const defaultDiskLimits: DiskLimits = {
  maxVirtualSizeBytes: 64 * 1024 ** 4,
  maxTableBytes: 512 * 1024 ** 2,
  maxOutputBytes: 64 * 1024 ** 4,
  maxExpansion: 1100,
}
