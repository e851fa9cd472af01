/** Opens a VM's console and brings it to the API. */
import { DriverError } from '../driver/driver-error.ts'
import type { RemoteConsoleAbility } from '../driver/driver.ts'
import type { VmRef } from '../driver/vm-spec.ts'
import type { ConsoleKind } from '../model/console.ts'
import type { ConsoleStreams } from './console-streams.ts'

export interface ConsoleOrder {
  readonly kind: ConsoleKind
  readonly key: string
  readonly relayUrl?: string
}

/** @throws DriverError; nothing is left open then */
export async function openConsole(
  ability: RemoteConsoleAbility,
  ref: VmRef,
  { kind, key, relayUrl }: ConsoleOrder,
  consoles: ConsoleStreams,
): Promise<void> {
  const stream = await ability.open(ref, kind)
  // The guest may go at any time: whoever reads the stream sees its end.
  stream.on('error', () => undefined)
  try {
    await consoles.bring(key, stream, relayUrl)
  } catch (error) {
    stream.destroy()
    const text = 'The console could not be brought to the control plane.'
    throw new DriverError('UNREACHABLE', text, { retry: 'later', effect: 'none', native: String(error), cause: error })
  }
}
