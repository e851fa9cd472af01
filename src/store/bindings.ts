/** What may be bound to a statement, the same on every database: SQLite would take what PostgreSQL cannot keep. */
import { badRequest } from '../model/errors.ts'
import { inItsOwnWords } from './database-errors.ts'

/** The largest number that an integer column of PostgreSQL takes. */
export const maxInteger = 2_147_483_647

/** @throws PolyvisorError bad-request for text with a NUL, which no name, filter or id of ours needs */
export function refuseUnstorable(bindings: readonly unknown[]): void {
  for (const value of bindings) {
    if (Array.isArray(value)) refuseUnstorable(value)
    if (typeof value === 'string' && value.includes('\0'))
      throw inItsOwnWords(badRequest('nul-character', 'Text must not hold the character NUL (U+0000). Leave it out.'))
  }
}
