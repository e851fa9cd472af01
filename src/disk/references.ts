/** Names of other files inside images. Nobody but the caller's own resolver ever turns one into an open file. */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { DiskError } from './disk-error.ts'
import type { OwnedSource } from './random-access-source.ts'

export interface DiskReference {
  /** What the image says it needs the file for. */
  readonly kind: 'backing-file' | 'data-file' | 'extent'
  /** As written in the image, hostile until proven otherwise; several when the format allows alternatives, best first. */
  readonly names: readonly string[]
  /** The format that the image says the file has, or that the kind implies. */
  readonly format?: DiskFormat
}

/** A reference with the error to throw when it may not be followed. */
export interface RefusableReference extends DiskReference {
  readonly refusal: () => DiskError
}

/**
 * The caller's decision about one reference. Undefined refuses it.
 * The engine closes the source together with the disk.
 */
export type ResolveReference = (reference: DiskReference) => Promise<OwnedSource | undefined>
