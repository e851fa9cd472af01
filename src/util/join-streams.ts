import type { Duplex } from 'node:stream'

/** What comes out of either goes into the other, until one of them ends or breaks; then both are closed. */
export function joinStreams(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => undefined)
    from.pipe(to)
    // One that ended in good order has told the other by now, which may still have something to send.
    from.once('close', () => (to.writableEnded ? to.resume() : to.destroy()))
  }
}
