/** Makes an image of a VM's disk and sends it to the control plane, without a copy in between: what the driver gives goes out. */
import { createHash } from 'node:crypto'
import { DriverError } from '../driver/driver-error.ts'
import type { Control, SnapshotAbility } from '../driver/driver.ts'
import type { VmRef } from '../driver/vm-spec.ts'
import type { Json } from '../util/json.ts'
import type { ImageUploads } from './image-uploads.ts'

export interface SnapshotOrder {
  readonly ref: VmRef
  readonly diskId: string
  readonly imageId: string
}

/** @throws DriverError; nothing is left on the host then */
export async function sendSnapshot(
  ability: SnapshotAbility,
  { ref, diskId, imageId }: SnapshotOrder,
  control: Control,
  uploads: ImageUploads,
): Promise<Json> {
  const [format] = ability.formats
  if (format === undefined) throw new DriverError('UNSUPPORTED', 'No disk can be had here.', { effect: 'none' })
  const { signal } = control
  const sent = new HashedBytes(ability.read(ref, { diskId, format }, control))
  try {
    // Nothing is sent before there is something to send: making the image may take long, and a silent upload is given up.
    if (!(await sent.begin())) {
      const text = 'The hypervisor answered success and gave nothing.'
      throw new DriverError('HYPERVISOR', text, { retry: 'never', effect: 'none' })
    }
    const received = await uploads.send(imageId, { format, bytes: sent.bytes }, signal)
    if (received !== undefined && received.sha256 !== sent.digest()) {
      throw new DriverError('IMAGE_BAD', 'The image was changed on its way to the control plane.', { effect: 'none' })
    }
    return { format }
  } catch (error) {
    // What the driver says counts for more than that sending broke off because of it.
    if (sent.failure instanceof DriverError) throw sent.failure
    if (signal.aborted) throw new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'none' })
    if (error instanceof DriverError) throw error
    const text = 'The image could not be sent: the control plane does not answer.'
    throw new DriverError('UNREACHABLE', text, { retry: 'later', effect: 'none', native: String(error), cause: error })
  } finally {
    await sent.end()
  }
}

class HashedBytes {
  readonly #hash = createHash('sha256')
  readonly #iterator: AsyncIterator<Uint8Array>
  #next: IteratorResult<Uint8Array> | undefined
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>
  failure: unknown

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]()
    this.bytes = this.#pass()
  }

  /** Waits for the first bytes, which `bytes` then begins with. @returns false when there are none */
  async begin(): Promise<boolean> {
    this.#next = await this.#read()
    return this.#next.done !== true
  }

  async end(): Promise<void> {
    await this.bytes.return()
    await this.#iterator.return?.()
  }

  digest(): string {
    return this.#hash.digest('hex')
  }

  async *#pass(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const { done, value } = this.#next ?? (await this.#read())
      if (done === true) return
      this.#next = undefined
      this.#hash.update(value)
      yield value
    }
  }

  async #read(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await this.#iterator.next()
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}
