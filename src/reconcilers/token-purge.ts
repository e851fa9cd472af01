import type { Reconciler } from './reconciler.ts'

/** Tokens that expired are removed. */
export function tokenPurge(identity: { purgeExpiredTokens(): Promise<number> }): Reconciler {
  return {
    name: 'token-purge',
    everyMs: 60_000,
    async run() {
      await identity.purgeExpiredTokens()
    },
  }
}
