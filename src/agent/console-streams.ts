/** Where the consoles go that an agent opens: to the API, in which somebody waits for them under a key. */
import type { Duplex } from 'node:stream'

export interface ConsoleStreams {
  /** Resolves when the stream has arrived there; from then on it goes its own way. @throws when nobody takes it */
  bring(key: string, stream: Duplex, relayUrl: string | undefined): Promise<void>
}
