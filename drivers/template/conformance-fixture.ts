/**
 * The template driver for the conformance kit: in a process of its own, so that kill -9 is what it says. The observer reads the
 * hypervisor's files itself and never asks the driver.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import {
  DriverProcesses,
  makeRawImage,
  type ConformanceTarget,
  type Fixture,
  type Observation,
} from '../conformance/index.ts'
import { plugin } from './index.ts'

const config = {}

export const conformance: ConformanceTarget = { plugin, makeFixture }

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'polyvisor-template-'))
  const processes = new DriverProcesses({
    module: new URL(`./index${extname(import.meta.url)}`, import.meta.url).href,
    exportName: 'plugin',
    config,
    stateDir: dir,
    hostName: 'conformance',
  })
  const hypervisor = new Observer(join(dir, 'guests'))
  return {
    config,
    guest: { memoryBytes: 64 * 1024 ** 2, diskBytes: 1024 ** 2, bootMarker: 'TEMPLATE-GUEST-UP', bootTimeoutMs: 1_000 },
    // Sweeps try so many moments; all of them with --full.
    sample: 2,
    manyVms: 100,
    makeImage: () => makeRawImage(dir, Buffer.from('an image'), 512),
    open: () => processes.open(),
    restart: () => processes.open(),
    observe: async (instanceId) => hypervisor.observe(instanceId),
    leakCheck: async () => hypervisor.leftovers(),
    purge: async () => hypervisor.purge(),
    foreign: {
      make: async () => hypervisor.makeForeign(),
      isUntouched: async (id) => hypervisor.isForeignUntouched(id),
      remove: async (id) => hypervisor.remove(id),
    },
    meddle: {
      switchOff: async (id) => hypervisor.switchOff(id),
      remove: async (id) => hypervisor.removeGuestFile(id),
    },
    dispose: async () => {
      await processes.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The hypervisor as its owner sees it. */
export class Observer {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  observe(instanceId: string): Observation {
    const guest = this.#read(instanceId)
    const names = existsSync(this.#path(instanceId)) ? readdirSync(this.#path(instanceId)) : []
    const disks = names.filter((name) => name.endsWith('.disk')).map((name) => name.slice(0, -'.disk'.length))
    return { guests: guest === undefined ? 0 : 1, power: powerOf(guest), disks: disks.sort() }
  }

  leftovers(): readonly string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder) : []
  }

  purge(): void {
    for (const left of this.leftovers()) this.remove(left)
  }

  makeForeign(): string {
    const instanceId = randomUUID()
    mkdirSync(this.#path(instanceId), { recursive: true })
    this.#write({ instanceId, name: 'foreign', power: 'on' })
    return instanceId
  }

  isForeignUntouched(id: string): boolean {
    return this.#read(id)?.power === 'on'
  }

  switchOff(id: string): void {
    const guest = this.#read(id)
    if (guest !== undefined) this.#write({ ...guest, power: 'off' })
  }

  removeGuestFile(id: string): void {
    rmSync(join(this.#path(id), 'guest.json'))
  }

  remove(id: string): void {
    rmSync(this.#path(id), { recursive: true, force: true })
  }

  #read(id: string): ObservedGuest | undefined {
    const file = join(this.#path(id), 'guest.json')
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ObservedGuest) : undefined
  }

  #write(guest: ObservedGuest): void {
    writeFileSync(join(this.#path(guest.instanceId), 'guest.json'), JSON.stringify(guest))
  }

  #path(id: string): string {
    return join(this.#folder, id)
  }
}

interface ObservedGuest {
  readonly instanceId: string
  readonly name: string
  readonly power: 'building' | 'off' | 'on'
}

function powerOf(guest: ObservedGuest | undefined): Observation['power'] {
  if (guest === undefined) return null
  return guest.power === 'building' ? 'off' : guest.power
}
