/** The process's log: one JSON object a line on stderr. Whatever looks like a secret is blanked, wherever it stands. */
import { pino, stdSerializers } from 'pino'
import type { Logger } from '../util/logger.ts'

const secretNames = [
  'password',
  'adminPassword',
  'original_password',
  'token',
  'secret',
  'enrolment_secret',
  'authorization',
  'x-auth-token',
  'x-subject-token',
]

export function createLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Logger {
  const redact = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])
  const destination = pino.destination({ dest: 2, sync: true })
  // A log that cannot be written, on a full disk for one, is no reason to end the service.
  destination.on('error', () => {})
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.err, error: errorOrPlain },
      redact,
    },
    destination,
  )
}

function errorOrPlain(value: unknown): unknown {
  return value instanceof Error ? stdSerializers.err(value) : value
}
