/** The consoles of simulated guests that are open: each ends with its guest, a serial one also when another is opened. */
import type { Duplex } from 'node:stream'
import type { ConsoleKind } from '../../src/driver/index.ts'
import { rfbScreen } from './rfb-screen.ts'
import { serialPort } from './serial-port.ts'
import type { SimPlace, VmStore } from './vm-store.ts'

interface OpenConsole {
  readonly place: SimPlace
  readonly kind: ConsoleKind
  readonly stream: Duplex
}

/** In characters; the oldest go first. */
const longestLog = 100 * 1024

export class Consoles {
  readonly #store: VmStore
  readonly #open = new Set<OpenConsole>()

  constructor(store: VmStore) {
    this.#store = store
  }

  open(place: SimPlace, kind: ConsoleKind): Duplex {
    if (kind === 'serial') this.end(place, 'serial')
    const stream = kind === 'vnc' ? rfbScreen() : serialPort((text) => this.#log(place, text))
    const console = { place, kind, stream }
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
  end(place: SimPlace, kind?: ConsoleKind): void {
    for (const each of this.#open) {
      if (isSame(each.place, place) && (kind === undefined || each.kind === kind)) each.stream.destroy()
    }
  }

  #log(place: SimPlace, text: string): void {
    const vm = this.#store.get(place)
    if (vm !== undefined) this.#store.put({ ...vm, console: (vm.console + text).slice(-longestLog) })
  }

  async #endWithGuest({ place, stream }: OpenConsole, signal: AbortSignal): Promise<void> {
    for await (const changed of this.#store.changes.follow(signal)) {
      const power = isSame(changed, place) ? this.#store.get(place)?.power : 'on'
      if (power === 'off' || power === 'suspended') stream.destroy()
    }
  }
}

function isSame(one: SimPlace, other: SimPlace): boolean {
  return one.instanceId === other.instanceId && one.nodeId === other.nodeId
}
