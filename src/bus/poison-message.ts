/**
 * A message that no repetition makes any better: it is parked at once. Everything else that a handler throws is believed
 * to pass, so the message is delivered again.
 */
export class PoisonMessage extends Error {
  override readonly name = 'PoisonMessage'
}
