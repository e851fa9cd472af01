/** Text that comes in pieces, as lines of bounded length; each piece is looked at once. */
export class Lines {
  readonly #longest: number
  readonly #onLine: (line: string, isCut: boolean) => void
  #pieces: string[] = []
  #length = 0
  #isSkipping = false

  /**
   * @param longest in characters
   * @param onLine gets each line without its end; one that is too long as soon as that is known, cut, and its rest never
   */
  constructor(longest: number, onLine: (line: string, isCut: boolean) => void) {
    this.#longest = longest
    this.#onLine = onLine
  }

  take(text: string): void {
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#add(text.slice(from, end))
      if (!this.#isSkipping) this.#tell(false)
      this.#isSkipping = false
      from = end + 1
    }
    this.#add(text.slice(from))
  }

  /** What came after the last line's end is a line too. */
  end(): void {
    if (this.#length > 0) this.#tell(false)
  }

  #add(piece: string): void {
    if (this.#isSkipping || piece === '') return
    const fitting = piece.slice(0, this.#longest - this.#length)
    this.#pieces.push(fitting)
    this.#length += fitting.length
    if (fitting.length === piece.length) return
    this.#tell(true)
    this.#isSkipping = true
  }

  #tell(isCut: boolean): void {
    const line = this.#pieces.join('')
    this.#pieces = []
    this.#length = 0
    this.#onLine(line, isCut)
  }
}
