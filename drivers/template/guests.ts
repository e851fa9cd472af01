/**
 * The hypervisor of the template driver: guests are folders, `guests/<instance id>`, and run no code. Put yours in its place.
 * A guest is there when its `guest.json` is; that comes by rename, so it is whole or not there. Owns the folder `guests`.
 */
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Guest {
  readonly instanceId: string
  readonly name: string
  /** What its spec hashes to. */
  readonly specHash: string
  readonly power: 'building' | 'off' | 'on'
  /** The mark (rule 2): guests without it are somebody else's. */
  readonly owner: 'polyvisor'
}

export class Guests {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(stateDir: string): Promise<Guests> {
    const folder = join(stateDir, 'guests')
    await mkdir(folder, { recursive: true })
    return new Guests(folder)
  }

  /** Somebody else's too. */
  async find(instanceId: string): Promise<Guest | undefined> {
    try {
      return JSON.parse(await readFile(this.#file(instanceId, 'guest.json'), 'utf8')) as Guest
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  async all(): Promise<readonly Guest[]> {
    const found = await Promise.all((await readdir(this.#folder)).map((id) => this.find(id)))
    return found.filter((guest) => guest !== undefined)
  }

  async write(guest: Guest): Promise<void> {
    const path = this.#file(guest.instanceId, 'guest.json')
    await mkdir(this.#file(guest.instanceId, '.'), { recursive: true })
    await writeFile(`${path}.part`, JSON.stringify(guest))
    await rename(`${path}.part`, path)
  }

  /** As long as there is anything left but disks to keep, `guest.json` is there. */
  async remove(instanceId: string, keepDisks: readonly string[]): Promise<void> {
    const kept = keepDisks.map((diskId) => `${diskId}.disk`)
    const files = await readdir(this.#file(instanceId, '.')).catch(() => [])
    const others = files.filter((name) => name !== 'guest.json' && !kept.includes(name))
    for (const name of others) await rm(this.#file(instanceId, name), { force: true })
    await rm(this.#file(instanceId, 'guest.json'), { force: true })
    if (!files.some((name) => kept.includes(name)))
      await rm(this.#file(instanceId, '.'), { recursive: true, force: true })
  }

  diskFile(instanceId: string, diskId: string): string {
    return this.#file(instanceId, `${diskId}.disk`)
  }

  /** What a guest writes to its console when it boots. */
  async boot(instanceId: string): Promise<void> {
    await appendFile(this.#file(instanceId, 'console.log'), `TEMPLATE-GUEST-UP ${instanceId}\n`)
  }

  async readConsole(instanceId: string): Promise<Buffer> {
    return readFile(this.#file(instanceId, 'console.log')).catch(() => Buffer.alloc(0))
  }

  #file(instanceId: string, name: string): string {
    return join(this.#folder, instanceId, name)
  }
}
