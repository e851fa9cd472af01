/** A setting that cannot be used: the text names its key, where the value came from, and what would do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly key: string
  readonly origin: string

  constructor(key: string, origin: string, problem: string, options: { cause?: unknown } = {}) {
    super(`${key} (${origin}): ${problem}`, options)
    this.key = key
    this.origin = origin
  }
}
