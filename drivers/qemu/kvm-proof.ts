/**
 * What this host knows about its KVM. The probe runs once per machine, kernel, QEMU and guest image, in the background;
 * its finding is kept in `<stateDir>/kvm.json` (delete the file to have it run again). Until it is proved, KVM is absent.
 */
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { cpus, release, version } from 'node:os'
import { join } from 'node:path'
import type { Logger } from '../../src/util/logger.ts'
import type { GuestUser } from '../libvirt/guest-user.ts'
import { probeKvm, whyNoProbe } from './kvm-probe.ts'
import type { KvmFinding } from './kvm-probe.ts'

export interface KvmProofOptions {
  readonly stateDir: string
  readonly imagePath: string | undefined
  readonly user: GuestUser | undefined
  readonly log: Logger
  /** Replaceable for tests. */
  readonly probe?: typeof probeKvm
  readonly whyNoProbe?: typeof whyNoProbe
}

interface Record {
  readonly key: string
  readonly finding: KvmFinding
}

export class KvmProof {
  readonly #options: KvmProofOptions
  readonly #file: string
  readonly #stop = new AbortController()
  readonly #listeners = new Set<() => void>()
  #finding: KvmFinding = { present: false, reason: 'nobody has looked yet' }
  #looking: Promise<void> | undefined
  #probing: Promise<void> | undefined

  constructor(options: KvmProofOptions) {
    this.#options = options
    this.#file = join(options.stateDir, 'kvm.json')
  }

  get finding(): KvmFinding {
    return this.#finding
  }

  /** @returns a function that ends the subscription */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Looks what can be told at once, which it waits for, and begins the probe where only that can tell. Once. */
  begin(qemuVersion: string): Promise<void> {
    this.#looking ??= this.#look(qemuVersion).catch((error: unknown) => this.#giveUp(error))
    return this.#looking
  }

  /** Ends a probe that is under way. */
  async close(): Promise<void> {
    this.#stop.abort()
    await this.#looking
    await this.#probing
  }

  async #look(qemuVersion: string): Promise<void> {
    const { imagePath, user, whyNoProbe: whyNot = whyNoProbe } = this.#options
    const obstacle = await whyNot(imagePath, user)
    if (obstacle !== undefined || imagePath === undefined) {
      return this.#set({ present: false, reason: obstacle ?? 'no Linux guest was given' })
    }
    const key = await keyOf({ qemuVersion, imagePath, user })
    const known = await this.#read()
    if (known?.key === key) return this.#set(known.finding)
    this.#set({ present: false, reason: 'the probe is under way' })
    this.#probing = this.#probe(key, imagePath).catch((error: unknown) => this.#giveUp(error))
  }

  async #probe(key: string, imagePath: string): Promise<void> {
    const { user, probe = probeKvm } = this.#options
    const finding = await probe({ imagePath, user, signal: this.#stop.signal })
    await this.#write({ key, finding })
    this.#options.log.info({ finding }, 'KVM probed')
    this.#set(finding)
  }

  #giveUp(error: unknown): void {
    if (this.#stop.signal.aborted) return
    this.#options.log.warn({ err: error }, 'KVM could not be probed')
    this.#set({ present: false, reason: error instanceof Error ? error.message : String(error) })
  }

  #set(finding: KvmFinding): void {
    this.#finding = finding
    for (const listener of [...this.#listeners]) listener()
  }

  async #read(): Promise<Record | undefined> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8')) as Record
    } catch {
      return undefined
    }
  }

  async #write(record: Record): Promise<void> {
    await writeFile(`${this.#file}.part`, `${JSON.stringify(record, null, 2)}\n`)
    await rename(`${this.#file}.part`, this.#file)
  }
}

/** Everything that may change the answer. */
async function keyOf(on: {
  readonly qemuVersion: string
  readonly imagePath: string
  readonly user: GuestUser | undefined
}): Promise<string> {
  const machine = (await readFile('/etc/machine-id', 'utf8').catch(() => '')).trim()
  const image = await stat(on.imagePath)
  const { rdev, mode } = await stat('/dev/kvm').catch(() => ({ rdev: 0, mode: 0 }))
  return JSON.stringify({
    machine: [machine, cpus()[0]?.model ?? ''],
    kernel: [release(), version()],
    qemu: on.qemuVersion,
    user: on.user?.name ?? null,
    image: [on.imagePath, image.size, image.mtimeMs],
    device: [rdev, mode],
  })
}

/** One clause for the host's message. */
export function describeKvm(finding: KvmFinding): string {
  return finding.present
    ? `KVM proved: our Linux guest was up in ${(finding.bootMs / 1000).toFixed(1)} s`
    : `KVM not proved: ${finding.reason}`
}
