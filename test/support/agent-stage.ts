/** A service on QEMU, and Linux guests with Debian's agent in them. */
import assert from 'node:assert/strict'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { typeAt } from './guest-shell.ts'
import { QemuObserver } from './qemu-observer.ts'
import { createFlavor, createServer, uploadImage, waitForHosts, waitUntilSettled } from './servers.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from './start-service.ts'
import { makeAgentGuest } from './test-guest.ts'

const args = ['--driver', 'qemu', '--log-level', 'debug']

export class AgentStage {
  readonly dataDir: string
  readonly observer: QemuObserver
  service: SpawnedService
  client: ApiClient
  readonly #file: string
  readonly #flavor: string

  private constructor(service: SpawnedService, client: ApiClient, made: { file: string; flavor: string }) {
    this.dataDir = service.dataDir
    this.observer = new QemuObserver(service.dataDir)
    this.service = service
    this.client = client
    this.#file = made.file
    this.#flavor = made.flavor
  }

  static async open(): Promise<AgentStage> {
    const dataDir = await makeDataDir()
    const service = await startService({ args, dataDir })
    const client = await service.client()
    await waitForHosts(client)
    const made = { file: await makeAgentGuest(dataDir), flavor: await createFlavor(client, 'guest', 160) }
    return new AgentStage(service, client, made)
  }

  async close(): Promise<void> {
    await this.service.stop()
    await removeDataDir(this.dataDir)
  }

  /** kill -9, and another service on the same guests. */
  async crash(): Promise<void> {
    await this.service.kill9()
    this.service = await startService({ args, dataDir: this.dataDir })
    this.client = await this.service.client()
  }

  /** @param properties of its image @returns the id of a server that is ACTIVE */
  async boot(properties: Readonly<Record<string, string>>): Promise<string> {
    const image = await uploadImage(this.client, this.#file, 'agent', properties)
    const id = await createServer(this.client, image, this.#flavor, 'agent')
    assert.equal((await waitUntilSettled(this.client, id)).status, 'ACTIVE')
    return id
  }

  async type(id: string, command: string, answer: string): Promise<void> {
    await typeAt({ client: this.client, observer: this.observer, id }, command, answer)
  }

  /** Past our driver. @param command `guest-…` */
  async ask(id: string, command: string): Promise<string> {
    return await this.observer.virsh('qemu-agent-command', id, JSON.stringify({ execute: command }))
  }

  async untilAgent(id: string): Promise<void> {
    const answers = (): Promise<true | undefined> =>
      this.ask(id, 'guest-ping').then(
        () => true,
        () => undefined,
      )
    await waitUntil('the agent', answers, { timeoutMs: 60_000 })
  }
}
