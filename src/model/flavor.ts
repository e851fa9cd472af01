/** A flavor as the service keeps it; an instance holds a snapshot of the one it was asked with. */
import type { FlavorId } from './ids.ts'

export interface Flavor {
  readonly id: FlavorId
  readonly name: string
  readonly vcpus: number
  readonly memoryMb: number
  /** Size of the root disk; 0 means the image's own size. */
  readonly diskGb: number
  readonly ephemeralGb: number
  readonly swapMb: number
  readonly rxtxFactor: number
  readonly isPublic: boolean
  readonly disabled: boolean
  readonly description: string | null
  readonly extraSpecs: Readonly<Record<string, string>>
}
