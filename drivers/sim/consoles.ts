/** The consoles of simulated guests that are open: each ends with its guest, a serial one also when another is opened. */
import type { Duplex } from 'node:stream'
import type { ConsoleKind } from '../../src/driver/index.ts'
import { rfbScreen } from './rfb-screen.ts'
import { serialPort } from './serial-port.ts'
import type { VmStore } from './vm-store.ts'

interface OpenConsole {
  readonly instanceId: string
  readonly kind: ConsoleKind
  readonly stream: Duplex
}

export class Consoles {
  readonly #store: VmStore
  readonly #open = new Set<OpenConsole>()

  constructor(store: VmStore) {
    this.#store = store
  }

  open(instanceId: string, kind: ConsoleKind): Duplex {
    if (kind === 'serial') this.end(instanceId, 'serial')
    const stream = kind === 'vnc' ? rfbScreen() : serialPort((text) => this.#log(instanceId, text))
    const console = { instanceId, kind, stream }
    this.#open.add(console)
    const closed = new AbortController()
    stream.once('close', () => {
      closed.abort()
      this.#open.delete(console)
    })
    this.#endWithGuest(console, closed.signal).catch(() => stream.destroy())
    return stream
  }

  /** @param kind all without it */
  end(instanceId: string, kind?: ConsoleKind): void {
    for (const each of this.#open) {
      if (each.instanceId === instanceId && (kind === undefined || each.kind === kind)) each.stream.destroy()
    }
  }

  #log(instanceId: string, text: string): void {
    const vm = this.#store.get(instanceId)
    if (vm !== undefined) this.#store.put({ ...vm, console: vm.console + text })
  }

  async #endWithGuest({ instanceId, stream }: OpenConsole, signal: AbortSignal): Promise<void> {
    for await (const changed of this.#store.changes.follow(signal)) {
      const power = changed === instanceId ? this.#store.get(instanceId)?.power : 'on'
      if (power === 'off' || power === 'suspended') stream.destroy()
    }
  }
}
