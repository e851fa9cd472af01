import type { Db } from '../store/database.ts'
import { checkSchema } from '../store/schema-version.ts'
import type { Reconciler } from './reconciler.ts'

/**
 * A newer process may bring a breaking migration while this one runs: then this one must stop.
 * @param stop told why, in words for the operator; ends the process
 */
export function schemaGuard(parts: { readonly db: Db; readonly stop: (reason: Error) => void }): Reconciler {
  return {
    name: 'schema-guard',
    everyMs: 10_000,
    async run() {
      const reason = await checkSchema(parts.db).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (reason instanceof Error && 'code' in reason && reason.code === 'schema-too-new') parts.stop(reason)
      else if (reason !== undefined) throw reason
    },
  }
}
