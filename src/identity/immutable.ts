/** What an admin has marked as immutable stays as it is until the mark is taken away, alone. */
import { forbidden } from '../model/errors.ts'

interface Marked {
  readonly immutable: boolean
}

/** @throws PolyvisorError forbidden unless `changes` does nothing but take the mark away */
export function refuseImmutableUpdate(what: string, before: Marked, changes: Partial<Marked>): void {
  if (!before.immutable) return
  if (Object.keys(changes).length === 1 && changes.immutable !== undefined) return
  throw immutable(what, 'changed')
}

/** @throws PolyvisorError forbidden */
export function refuseImmutableDelete(what: string, before: Marked): void {
  if (before.immutable) throw immutable(what, 'deleted')
}

function immutable(what: string, done: string) {
  return forbidden(
    `This ${what} is immutable, so it cannot be ${done}. Set its option immutable to false first, in a request of its own.`,
  )
}
