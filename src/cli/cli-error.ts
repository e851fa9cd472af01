/** Exit codes of every command, and the error that carries one to the top. */
export const exitCodes = {
  ok: 0,
  /** The command was understood and could not be done. */
  failed: 1,
  /** Wrong arguments or configuration. */
  usage: 2,
  /** No service answers. */
  unreachable: 3,
  notFound: 4,
  /** The service refused who asked. */
  denied: 5,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Its message goes to stderr as it stands: it says what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.exitCode = exitCode
  }
}
