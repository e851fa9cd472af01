/** The template driver: the contract's methods over its hypervisor. The numbered rules stand in docs/adding-a-driver.md. */
import { randomUUID } from 'node:crypto'
import { readFile, statfs, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import {
  DriverError,
  hashSpec,
  type Capabilities,
  type ConsoleAbility,
  type Control,
  type DiskId,
  type Driver,
  type Health,
  type HostServices,
  type NodeInventory,
  type PowerWant,
  type VmHandle,
  type VmRef,
  type VmSpec,
  type VmState,
} from '../../src/driver/index.ts'
import { checkSpec } from './check-spec.ts'
import { Guests, type Guest } from './guests.ts'
import { writeDisk } from './write-disk.ts'

/** What the core keeps of a VM for us. Raise the version when `data` changes its shape. */
const handle: VmHandle = { version: 1, data: null }

interface Parts {
  readonly guests: Guests
  readonly nodeId: string
  readonly host: HostServices
  readonly parallelOperations: number
}

export class TemplateDriver implements Driver {
  readonly #guests: Guests
  readonly #nodeId: string
  readonly #host: HostServices
  readonly #parallelOperations: number

  /** An ability: there exactly because this driver can do it. */
  readonly console: ConsoleAbility = {
    readLog: (ref, { maxBytes }) =>
      guarded(async () => {
        await this.#mustExist(ref)
        return (await this.#guests.readConsole(ref.instanceId)).subarray(-maxBytes)
      }),
  }

  private constructor({ guests, nodeId, host, parallelOperations }: Parts) {
    this.#guests = guests
    this.#nodeId = nodeId
    this.#host = host
    this.#parallelOperations = parallelOperations
  }

  static async open(config: { readonly parallelOperations?: number }, host: HostServices): Promise<TemplateDriver> {
    const { parallelOperations = 8 } = config
    const guests = await Guests.open(host.stateDir)
    return new TemplateDriver({ guests, nodeId: await readOrMakeNodeId(host.stateDir), host, parallelOperations })
  }

  capabilities(): Capabilities {
    return {
      architectures: ['x86_64'],
      hypervisorTypes: ['template'],
      vmModes: ['hvm'],
      disk: [{ format: 'raw', via: ['local-path', 'stream'], thin: true, backing: false, alignBytes: 512 }],
      power: ['on', 'off', 'reset', 'soft-off', 'soft-reset'],
      limits: { parallelOperations: this.#parallelOperations },
    }
  }

  async *fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    yield { status: 'healthy', message: 'its guests are files', hypervisorVersion: '1.0.0' }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }

  async nodes(): Promise<readonly NodeInventory[]> {
    const { blocks, bsize } = await statfs(this.#host.stateDir)
    return [
      {
        id: this.#nodeId,
        name: `${this.#host.hostName}-template`,
        vcpus: cpus().length,
        memoryMb: Math.floor(totalmem() / 1024 ** 2),
        diskGb: Math.floor((blocks * bsize) / 1024 ** 3),
        traits: [],
      },
    ]
  }

  list(): Promise<readonly VmState[]> {
    return guarded(async () => (await this.#guests.all()).filter(isOurs).map((guest) => this.#stateOf(guest)))
  }

  get(ref: VmRef): Promise<VmState | null> {
    return guarded(async () => {
      const guest = await this.#guests.find(ref.instanceId)
      return guest === undefined || !isOurs(guest) ? null : this.#stateOf(guest)
    })
  }

  ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    return guarded(async () => {
      checkSpec(spec, this.#nodeId, this.capabilities())
      const specHash = hashSpec(spec)
      const known = await this.#guests.find(spec.instanceId)
      if (known !== undefined && (!isOurs(known) || known.specHash !== specHash))
        throw new DriverError('CONFLICT', 'A virtual machine with this id but another shape exists.', {
          effect: 'none',
        })
      if (known === undefined || known.power === 'building') await this.#build(spec, specHash, control)
      return handle
    })
  }

  ensureAbsent(
    ref: VmRef,
    { keepDisks = [] }: { readonly keepDisks?: readonly DiskId[] },
    control: Control,
  ): Promise<void> {
    return guarded(async () => {
      throwIfCancelled(control)
      control.progress({ phase: 'remove' })
      await control.checkpoint({ step: 'remove' })
      throwIfCancelled(control)
      const guest = await this.#guests.find(ref.instanceId)
      if (guest === undefined || isOurs(guest)) await this.#guests.remove(ref.instanceId, keepDisks)
    })
  }

  setPower(ref: VmRef, want: PowerWant, _options: object, control: Control): Promise<void> {
    return guarded(async () => {
      const guest = await this.#mustExist(ref)
      if (guest.power === 'building')
        throw new DriverError('WRONG_STATE', 'The virtual machine is not whole yet.', { effect: 'none' })
      const power = want === 'off' || want === 'soft-off' ? 'off' : 'on'
      control.progress({ phase: power === 'on' ? 'start' : 'stop' })
      throwIfCancelled(control)
      if (power === 'on' && (guest.power === 'off' || want !== 'on')) await this.#guests.boot(ref.instanceId)
      await this.#write({ ...guest, power })
    })
  }

  recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    return guarded(async () => {
      await this.#mustExist(ref)
      return handle
    })
  }

  async close(): Promise<void> {}

  /** The mark comes before anything expensive (rule 2), a checkpoint before that (rule 3); a failure leaves nothing (rule 4). */
  async #build(spec: VmSpec, specHash: string, control: Control): Promise<void> {
    const { instanceId, name } = spec
    throwIfCancelled(control)
    control.progress({ phase: 'define' })
    await control.checkpoint({ step: 'define' })
    throwIfCancelled(control)
    const guest = { instanceId, name, specHash, owner: 'polyvisor' } as const
    try {
      await this.#write({ ...guest, power: 'building' })
      const onBytes = fetchProgress(spec, control)
      for (const disk of spec.disks) await writeDisk(this.#guests.diskFile(instanceId, disk.id), disk, control, onBytes)
      throwIfCancelled(control)
      await this.#write({ ...guest, power: 'off' })
    } catch (error) {
      await this.#guests.remove(instanceId, [])
      throw control.signal.aborted ? cancelled() : error
    }
  }

  /** Done only when the hypervisor says so when asked (rule 5). */
  async #write(guest: Guest): Promise<void> {
    await this.#guests.write(guest)
    if ((await this.#guests.find(guest.instanceId))?.power !== guest.power)
      throw new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.')
  }

  async #mustExist({ instanceId }: VmRef): Promise<Guest> {
    const guest = await this.#guests.find(instanceId)
    if (guest !== undefined && isOurs(guest)) return guest
    throw new DriverError('NOT_FOUND', 'The host has no such virtual machine.', { effect: 'none' })
  }

  #stateOf({ instanceId, name, power }: Guest): VmState {
    return { instanceId, nodeId: this.#nodeId, name, power, handle }
  }
}

/** One phase over all images, so that it never goes back (rule 8). */
function fetchProgress({ disks }: VmSpec, control: Control): (count: number) => void {
  const sizes = disks.map(({ source }) => (source.kind === 'image' ? source.image.sizeBytes : 0))
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0)
  let doneBytes = 0
  return (count) => {
    doneBytes = Math.min(doneBytes + count, totalBytes)
    control.progress({ phase: 'fetch-image', doneBytes, totalBytes })
  }
}

function isOurs({ owner }: Guest): boolean {
  return owner === 'polyvisor'
}

/** A host's id is the same for ever (rule 9). */
async function readOrMakeNodeId(stateDir: string): Promise<string> {
  const path = join(stateDir, 'node-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known !== '') return known
  const fresh = randomUUID()
  await writeFile(path, fresh)
  return fresh
}

function throwIfCancelled({ signal }: Control): void {
  if (signal.aborted) throw cancelled()
}

function cancelled(): DriverError {
  return new DriverError('CANCELLED', 'The work was cancelled.', { effect: 'none' })
}

/** Only DriverErrors leave a driver (rule 6). */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DriverError) throw error
    const options = { native: String(error), cause: error }
    if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC')
      throw new DriverError('STORAGE_FULL', "The host's storage is full.", options)
    throw new DriverError('BUG', 'The host failed unexpectedly.', options)
  }
}
