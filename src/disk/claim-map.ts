/**
 * Which parts of an image file are already spoken for: one bit per unit of the file.
 * Two tables or blocks that claim the same unit are how loops and "bombs" look on disk.
 */
const maxMapBytes = 64 * 1024 * 1024

export class ClaimMap {
  readonly #unitBytes: number
  readonly #bits: Uint8Array
  /** False when the file has too many units to track in bounded memory: then every claim succeeds. */
  readonly isTracking: boolean

  constructor(fileBytes: number, unitBytes: number) {
    const mapBytes = Math.ceil(Math.ceil(fileBytes / unitBytes) / 8) + 1
    this.isTracking = mapBytes <= maxMapBytes
    this.#unitBytes = unitBytes
    this.#bits = new Uint8Array(this.isTracking ? mapBytes : 0)
  }

  has(offset: number): boolean {
    if (!this.isTracking) return false
    const unit = Math.floor(offset / this.#unitBytes)
    return ((this.#bits[Math.floor(unit / 8)] ?? 0) & (1 << (unit % 8))) !== 0
  }

  /** Claims every unit that the range touches. False when one of them was claimed before. */
  claim(offset: number, length: number): boolean {
    if (!this.isTracking || length <= 0) return true
    const first = Math.floor(offset / this.#unitBytes)
    const last = Math.floor((offset + length - 1) / this.#unitBytes)
    let isFree = true
    for (let unit = first; unit <= last;) {
      const index = Math.floor(unit / 8)
      const takes = Math.min(8 - (unit % 8), last - unit + 1)
      const mask = ((1 << takes) - 1) << (unit % 8)
      const before = this.#bits[index] ?? 0
      if ((before & mask) !== 0) isFree = false
      this.#bits[index] = before | mask
      unit += takes
    }
    return isFree
  }
}
