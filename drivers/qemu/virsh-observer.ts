/** What virsh and the file system say about guests: the observer that is not ours, for the conformance kit. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { Observation, ObservedPower } from '../conformance/index.ts'

const run = promisify(execFile)
const states: Readonly<Record<string, ObservedPower>> = {
  running: 'on',
  idle: 'on',
  'in shutdown': 'on',
  paused: 'paused',
  'shut off': 'off',
  crashed: 'crashed',
}

export class VirshObserver {
  readonly #dir: string
  readonly #stateDir: string
  readonly #foreign = new Map<string, string>()

  /** @param dir a folder for scratch files; @param stateDir that of the driver, with a libvirtd of its own in it */
  constructor(dir: string, stateDir: string) {
    this.#dir = dir
    this.#stateDir = stateDir
  }

  async observe(instanceId: string): Promise<Observation> {
    const guests = (await this.#virsh('list', '--all', '--uuid', '--name'))
      .split('\n')
      .filter((line) => line.includes(instanceId)).length
    const power = guests === 0 ? null : await this.#powerOf(instanceId)
    return { guests, power, disks: await this.#disksOf(instanceId) }
  }

  /** Those of a guest that runs as it has them now. */
  async observeNics(instanceId: string): Promise<string[]> {
    const lines = (await this.#virsh('domiflist', instanceId)).split('\n')
    return lines.flatMap((line) => /([0-9a-f]{2}(?::[0-9a-f]{2}){5})/.exec(line)?.[1] ?? []).sort()
  }

  async agentAnswers(instanceId: string): Promise<boolean> {
    return await this.#agent(instanceId, 'guest-ping').then(
      () => true,
      () => false,
    )
  }

  /** By the guest's own file, which the agent reads, and the C library's crypt, which perl has. */
  async isAdminPassword(instanceId: string, password: string): Promise<boolean> {
    const handle = await this.#agent(instanceId, 'guest-file-open', { path: '/etc/shadow' })
    const content = (await this.#agent(instanceId, 'guest-file-read', { handle })) as { 'buf-b64': string }
    await this.#agent(instanceId, 'guest-file-close', { handle })
    const hash = /^root:([^:]*):/m.exec(Buffer.from(content['buf-b64'], 'base64').toString())?.[1] ?? ''
    const { stdout } = await run('perl', ['-e', 'print crypt($ARGV[0], $ARGV[1])', password, hash])
    return stdout === hash
  }

  async #agent(instanceId: string, execute: string, given: object = {}): Promise<unknown> {
    const command = JSON.stringify({ execute, arguments: given })
    const answer = await this.#virsh('qemu-agent-command', '--timeout', '5', instanceId, command)
    return (JSON.parse(answer) as { return: unknown }).return
  }

  async leftovers(): Promise<string[]> {
    const domains = (await this.#virsh('list', '--all', '--name')).split('\n').filter((name) => name !== '')
    const halves = (await namesIn(join(this.#stateDir, 'cache'))).filter((name) => name.endsWith('.part'))
    return [
      ...domains.map((name) => `domain ${name}`),
      ...(await namesIn(join(this.#stateDir, 'instances'))).map((name) => `folder instances/${name}`),
      ...(await namesIn(join(this.#stateDir, 'snapshots'))).map((name) => `folder snapshots/${name}`),
      ...(await this.#rooms()).map((name) => `file migrations/${name}`),
      ...halves.map((name) => `file cache/${name}`),
    ]
  }

  async purge(): Promise<void> {
    for (const id of (await this.#virsh('list', '--all', '--uuid')).split('\n')) {
      if (id.trim() !== '') await this.remove(id.trim())
    }
    for (const folder of ['instances', 'snapshots', 'cache', 'migrations']) {
      for (const name of await namesIn(join(this.#stateDir, folder)))
        await rm(join(this.#stateDir, folder, name), { recursive: true, force: true })
    }
  }

  /** Of guests that were to come. */
  async #rooms(): Promise<string[]> {
    return (await namesIn(join(this.#stateDir, 'migrations'))).filter((name) => name.endsWith('.json'))
  }

  /** A guest that somebody made by hand; it runs. */
  async makeForeign(): Promise<string> {
    const id = randomUUID()
    const file = join(this.#dir, 'foreign.xml')
    const os = `<os><type arch='x86_64'>hvm</type></os>`
    const xml = `<domain type='qemu'><name>foreign</name><uuid>${id}</uuid><memory>32768</memory>${os}</domain>`
    await writeFile(file, xml)
    await this.#virsh('define', file)
    await this.#virsh('start', id)
    this.#foreign.set(id, await this.#virsh('dumpxml', '--inactive', id))
    return id
  }

  async isForeignUntouched(id: string): Promise<boolean> {
    const xml = await this.#virsh('dumpxml', '--inactive', id).catch(() => '')
    return xml === this.#foreign.get(id) && (await this.#powerOf(id)) === 'on'
  }

  async switchOff(id: string): Promise<void> {
    await this.#virsh('destroy', id)
  }

  async remove(id: string): Promise<void> {
    await this.#virsh('destroy', id).catch(() => undefined)
    await this.#virsh('undefine', '--managed-save', id)
  }

  async #powerOf(id: string): Promise<ObservedPower> {
    const state = await this.#virsh('domstate', id)
    const power = states[state]
    if (power === undefined) throw new Error(`virsh calls it ${state}`)
    if (power !== 'off') return power
    return /^Managed save: +yes/m.test(await this.#virsh('dominfo', id)) ? 'suspended' : 'off'
  }

  /** Half-made ones too, under the names that they have. */
  async #disksOf(id: string): Promise<string[]> {
    const names = await namesIn(join(this.#stateDir, 'instances', id))
    return names
      .filter((name) => name !== 'console' && name !== 'drives')
      .map((name) => name.replace(/\.qcow2$/, ''))
      .sort()
  }

  /** Waits for a libvirtd that is being started. */
  async #virsh(...args: string[]): Promise<string> {
    const uri = `qemu:///session?socket=${this.#stateDir}/libvirt/r/libvirt/libvirt-sock`
    const env = { ...process.env, LC_ALL: 'C', HOME: this.#dir, XDG_CACHE_HOME: this.#dir, XDG_CONFIG_HOME: this.#dir }
    return await waitUntil('virsh to reach libvirtd', async () => {
      try {
        return (await run('virsh', ['-q', '-c', uri, ...args], { env, timeout: 20_000 })).stdout.trim()
      } catch (error) {
        if (/failed to connect/.test((error as { stderr?: string }).stderr ?? '')) return undefined
        throw error
      }
    })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
