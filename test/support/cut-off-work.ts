/**
 * Work on a host that loses its network: a server on its way there, with its image half over, one that is deleted meanwhile, and one
 * whose guest ends by itself. Afterwards each is what its user was told, and no guest is lost or there twice.
 */
import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { strike, type QemuObserver } from './qemu-observer.ts'
import { createServer, deleteServer, waitUntilGone, waitUntilSettled } from './servers.ts'

export interface CutOffParts {
  readonly client: ApiClient
  /** Of a guest that boots. */
  readonly imageId: string
  /** Another that no host has yet, as large as it takes for its way to be cut. */
  readonly largeImageId: string
  readonly flavorId: string
  /** The host that is cut off, and the other. */
  readonly host: QemuObserver
  readonly other: QemuObserver
}

/** A host may take so long to be heard of again; then all is told at once. */
const patient = { timeoutMs: 120_000, everyMs: 100 }

export class CutOffWork {
  readonly #parts: CutOffParts
  readonly #deleted: string
  readonly #ending: string
  readonly #begun: string

  private constructor(parts: CutOffParts, [deleted, ending, begun]: readonly [string, string, string]) {
    this.#parts = parts
    this.#deleted = deleted
    this.#ending = ending
    this.#begun = begun
  }

  /** While that host alone takes servers. Resolves when the large image is on its way. */
  static async begin(parts: CutOffParts): Promise<CutOffWork> {
    const { client, imageId, largeImageId, flavorId, host } = parts
    const running = async (name: string): Promise<string> => {
      const id = await createServer(client, imageId, flavorId, name)
      const { status, fault } = await waitUntilSettled(client, id)
      assert.equal(status, 'ACTIVE', fault?.message)
      assert.equal(await host.domainState(id), 'running')
      return id
    }
    const [deleted, ending] = [await running('deleted'), await running('ending')]
    const begun = await createServer(client, largeImageId, flavorId, 'begun')
    await waitUntil('its image to be on its way', () => (partBytes(host) > 0 ? true : undefined), { everyMs: 1 })
    return new CutOffWork(parts, [deleted, ending, begun])
  }

  /** While it is cut off. */
  async goOn(): Promise<void> {
    const { client, host } = this.#parts
    await client.send('DELETE', `/compute/v2.1/servers/${this.#deleted}`)
    assert.ok(strike(host.guestPid(this.#ending) ?? assert.fail('it runs')))
  }

  async expectTruth(): Promise<void> {
    const { client, host } = this.#parts
    await waitUntilGone(client, this.#deleted)
    await this.#untilStates(this.#deleted, 'gone,gone')
    const isOff = async (): Promise<true | undefined> =>
      (await waitUntilSettled(client, this.#ending)).status === 'SHUTOFF' ? true : undefined
    await waitUntil('the ended one to be off', isOff, patient)
    assert.equal(await host.domainState(this.#ending), 'shut off')
    const { status, fault } = await waitUntilSettled(client, this.#begun)
    assert.equal(status, 'ACTIVE', fault?.message)
    await this.#untilStates(this.#begun, 'gone,running')
    for (const id of [this.#ending, this.#begun]) await deleteServer(client, id)
  }

  /** On both hosts, whichever has which. */
  async #untilStates(id: string, wanted: string): Promise<void> {
    const { host, other } = this.#parts
    const look = async (): Promise<true | undefined> => {
      const states = await Promise.all([host, other].map((each) => each.domainState(id)))
      return states.toSorted().join() === wanted ? true : undefined
    }
    await waitUntil(`${id} to be ${wanted} on the two hosts`, look, patient)
  }
}

function partBytes({ stateDir }: QemuObserver): number {
  const folder = join(stateDir, 'cache')
  const name = readdirSync(folder).find((file) => file.endsWith('.part'))
  return name === undefined ? 0 : (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
}
