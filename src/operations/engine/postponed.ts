/** Thrown by a step that has to wait for something long: the operation gives its place and lease back for a while. */
export class Postponed extends Error {
  override readonly name = 'Postponed'
  readonly afterMs: number

  constructor(afterMs: number) {
    super(`postponed for ${afterMs} ms`)
    this.afterMs = afterMs
  }
}
