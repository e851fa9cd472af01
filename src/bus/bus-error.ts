/** The bus could not do what was asked. The text names the broker and what to do; never a password. */
export class BusError extends Error {
  override readonly name = 'BusError'
}
