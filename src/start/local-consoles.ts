/** Consoles that the agent in the service's own process opens: they are handed over as they are. */
import type { ConsoleStreams } from '../agent/console-streams.ts'
import type { ConsoleRelay } from '../console/console-relay.ts'

export function localConsoles(relay: ConsoleRelay): ConsoleStreams {
  return {
    async bring(key, stream) {
      if (!relay.bring(key, stream)) throw new Error('nobody waits for this console')
    },
  }
}
