/**
 * Whether the folder that hosts share is there: an empty folder in the place of a storage that is not mounted looks like it, so a
 * file that the operator makes once, at its root, says that it is.
 */
import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'

export const shareMarker = 'polyvisor-shared-disks'

const lookMs = 10_000
/** A storage that is away may let those who ask it hang. */
const patienceMs = 5_000

/** @returns what is wrong, for the operator */
export async function findShareProblem(folder: string): Promise<string | undefined> {
  const marker = join(folder, shareMarker)
  try {
    await stat(marker)
    // As QEMU opens what lies there: past this host's own cache.
    await (await open(marker, constants.O_RDONLY | constants.O_DIRECT)).close()
    return undefined
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      return `there is no ${marker}: mount the shared storage; if it is mounted and new, make that file, which may be empty`
    if (code === 'EINVAL') return `the file system of ${folder} does not bear direct I/O, which drives on it need`
    return `${marker} cannot be read: ${message}`
  }
}

/** @throws DriverError UNREACHABLE */
export async function assertShareThere(folder: string): Promise<void> {
  const problem = await findShareProblem(folder)
  if (problem === undefined) return
  throw new DriverError('UNREACHABLE', "The host's shared storage is not there.", { effect: 'none', native: problem })
}

/** Looks now and then, for the host's health. */
export class SharedStorage {
  readonly #folder: string
  readonly #listeners = new Set<() => void>()
  readonly #timer: NodeJS.Timeout
  #looking: Promise<void> | undefined
  #problem: string | undefined

  constructor(folder: string) {
    this.#folder = folder
    this.#timer = setInterval(() => void this.look(), lookMs).unref()
  }

  get problem(): string | undefined {
    return this.#problem
  }

  /** @returns a function that ends the subscription */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** One look at a time, so that a storage that hangs holds one thread. Resolves within `patienceMs`. */
  async look(): Promise<void> {
    this.#looking ??= findShareProblem(this.#folder)
      .then((problem) => this.#set(problem))
      .finally(() => (this.#looking = undefined))
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), patienceMs).unref()))
    const outcome = await Promise.race([this.#looking, tooLong])
    clearTimeout(timer)
    if (outcome === 'late') this.#set(`${this.#folder} does not answer`)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #set(problem: string | undefined): void {
    if (problem === this.#problem) return
    this.#problem = problem
    for (const listener of this.#listeners) listener()
  }
}
