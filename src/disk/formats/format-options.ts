/** `-o key=value` of a target format: read one by one, and whatever is left over is refused. */
import { DiskError } from '../disk-error.ts'

export type FormatOptions = Readonly<Record<string, string>>

export class OptionReader {
  readonly #format: string
  readonly #left: Map<string, string>
  readonly #known: string[] = []

  constructor(format: string, options: FormatOptions) {
    this.#format = format
    this.#left = new Map(Object.entries(options))
  }

  /** The first choice is the default. */
  choice<const T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const value = this.#take(name)
    if (value === undefined) return choices[0]
    const found = choices.find((choice) => choice === value)
    if (found === undefined) throw this.#bad(name, value, choices.join(', '))
    return found
  }

  flag(name: string): boolean {
    return this.choice(name, ['off', 'on']) === 'on'
  }

  integer(name: string, range: { readonly min: number; readonly max: number; readonly default: number }): number {
    const value = this.#take(name)
    if (value === undefined) return range.default
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= range.min && number <= range.max)) {
      throw this.#bad(name, value, `a whole number from ${range.min} to ${range.max}`)
    }
    return number
  }

  /** Bytes, or with k, M: a power of two within the range. */
  powerOfTwo(name: string, range: { readonly min: number; readonly max: number; readonly default: number }): number {
    const value = this.#take(name)
    if (value === undefined) return range.default
    const [, digits, unit = ''] = /^(\d{1,10})([kKmM]?)$/.exec(value) ?? []
    const bytes = Number(digits) * ({ '': 1, k: 1024, m: 1024 ** 2 }[unit.toLowerCase()] ?? Number.NaN)
    if (!(bytes >= range.min && bytes <= range.max) || !Number.isInteger(Math.log2(bytes))) {
      throw this.#bad(name, value, `a power of two from ${range.min} to ${range.max} bytes, like 64k or 1M`)
    }
    return bytes
  }

  /** After all options were read. @throws DiskError `bad-option` when one is left over */
  end(): void {
    const [stranger] = this.#left.keys()
    if (stranger === undefined) return
    throw new DiskError(
      'bad-option',
      `${this.#format} has no option ${stranger}; it has ${this.#known.length === 0 ? 'none' : this.#known.join(', ')}.`,
    )
  }

  #take(name: string): string | undefined {
    const value = this.#left.get(name)
    this.#left.delete(name)
    this.#known.push(name)
    return value
  }

  #bad(name: string, value: string, wanted: string): DiskError {
    return new DiskError('bad-option', `${this.#format}: ${name}=${value} is not possible; give ${wanted}.`)
  }
}
