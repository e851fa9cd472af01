/** What ps, uml_mconsole and the file system say about guests: the observer that is not ours, for the conformance kit. */
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { Observation, ObservedPower } from '../conformance/index.ts'
import { registersShim } from './registers-shim.ts'

const run = promisify(execFile)
const notDisks = ['console.log', 'console.in', 'console.log.0', 'held', 'paused', 'run', 'vm.json']

interface Process {
  readonly pid: number
  readonly parentPid: number
  readonly command: string
}

export class UmlObserver {
  readonly #dir: string
  readonly #stateDir: string
  readonly #root: string
  readonly #foreign = new Map<string, number>()

  /** @param dir a folder for scratch files; @param stateDir that of the driver; @param root a guest's root file system */
  constructor(dir: string, stateDir: string, root: string) {
    this.#dir = dir
    this.#stateDir = stateDir
    this.#root = root
  }

  async observe(instanceId: string): Promise<Observation> {
    const names = await namesIn(this.#folderOf(instanceId))
    const running = await this.#kernelsOf(instanceId)
    const guests = Math.max(running.length, names.includes('vm.json') ? 1 : 0)
    const power = guests === 0 ? null : running.length === 0 ? 'off' : await this.#powerOf(instanceId)
    const disks = names.filter((name) => !notDisks.includes(name)).map((name) => name.replace(/\.(cow|raw|iso)$/, ''))
    return { guests, power, disks: disks.sort() }
  }

  async leftovers(): Promise<string[]> {
    const processes = [...(await this.#ours()), ...(await this.#switches())]
    const lines = processes.map(({ pid, command }) => `process ${pid} ${command.slice(0, 80)}`)
    for (const folder of ['instances', 'snapshots']) {
      for (const name of await namesIn(join(this.#stateDir, folder))) lines.push(`folder ${folder}/${name}`)
    }
    for (const folder of ['cache', 'bases']) {
      const halves = (await namesIn(join(this.#stateDir, folder))).filter((name) => name.endsWith('.part'))
      lines.push(...halves.map((name) => `file ${folder}/${name}`))
    }
    return lines
  }

  async purge(): Promise<void> {
    for (const { pid } of [...(await this.#ours()), ...(await this.#switches())]) kill(pid)
    for (const folder of ['instances', 'snapshots', 'cache', 'bases']) {
      for (const name of await namesIn(join(this.#stateDir, folder)))
        await rm(join(this.#stateDir, folder, name), { recursive: true, force: true })
    }
  }

  /** A guest that somebody made by hand, under a name as ours have; it runs. */
  async makeForeign(): Promise<string> {
    const id = randomUUID()
    const folder = join(this.#dir, 'foreign')
    await mkdir(folder, { recursive: true })
    const disk = `ubd0=${join(folder, `${id}.cow`)},${this.#root}`
    const args = [`umid=${id}`, `uml_dir=${folder}`, 'mem=64M', disk, 'root=/dev/ubda', 'con=null', 'con0=null']
    const env = { ...process.env, ...(await registersShim(folder)) }
    spawn('linux.uml', args, { detached: true, stdio: 'ignore', env }).unref()
    await waitUntil('a foreign guest', async () =>
      (await ask(join(folder, id), 'version')).startsWith('OK') ? true : undefined,
    )
    this.#foreign.set(id, await this.#foreignPid(id))
    return id
  }

  async isForeignUntouched(id: string): Promise<boolean> {
    const isRunning = (await ask(join(this.#dir, 'foreign', id), 'go')).includes('Not stopped')
    return isRunning && (await this.#foreignPid(id)) === this.#foreign.get(id)
  }

  async removeForeign(id: string): Promise<void> {
    await ask(join(this.#dir, 'foreign', id), 'halt')
    for (const { pid } of await processesNaming(`umid=${id}`)) kill(pid)
    await rm(join(this.#dir, 'foreign'), { recursive: true, force: true })
  }

  async switchOff(id: string): Promise<void> {
    await waitUntil('a guest to halt', async () => {
      if ((await this.#kernelsOf(id)).length === 0) return true
      await this.#ask(id, 'halt')
      return undefined
    })
  }

  async remove(id: string): Promise<void> {
    await this.switchOff(id)
    for (const { pid } of await processesNaming(`umid=${id}`)) kill(pid)
    await rm(this.#folderOf(id), { recursive: true, force: true })
  }

  /** Guests that run hold their second disk and their first NIC, or do so no more. */
  async setHold(isHeld: boolean): Promise<void> {
    const [file, link] = isHeld ? ['9</dev/ubdb', 'up'] : ['9<&-', 'down']
    for (const id of await namesIn(join(this.#stateDir, 'instances'))) {
      if ((await this.#kernelsOf(id)).length === 0) continue
      const said = `held-${randomUUID()}`
      // One of the two may not be there. Quoted there, so that the echo of what is typed does not count.
      const line = `busybox ip link set eth0 ${link}; command exec ${file}; echo "<"${said}\n`
      await appendFile(join(this.#folderOf(id), 'console.in'), line)
      await waitUntil('a guest to hold or let go', async () =>
        (await readFile(join(this.#folderOf(id), 'console.log'), 'utf8')).includes(`<${said}`) ? true : undefined,
      )
    }
  }

  /** Nobody can ask a kernel whether it is paused; but only one that is can be told to go on. */
  async #powerOf(id: string): Promise<ObservedPower> {
    const answer = await waitUntil('an answer of the guest', async () => {
      const text = await this.#ask(id, 'go')
      if (text !== '') return text
      return (await this.#kernelsOf(id)).length === 0 ? 'ended' : undefined
    })
    if (answer === 'ended') return 'off'
    if (answer.includes('Not stopped')) return 'on'
    await this.#ask(id, 'stop')
    return 'paused'
  }

  async #ask(id: string, command: string): Promise<string> {
    return await ask(join(this.#folderOf(id), 'run', id), command)
  }

  /** Those that no other process of the same guest started. */
  async #kernelsOf(id: string): Promise<readonly Process[]> {
    const all = (await this.#ours()).filter(({ command }) => command.includes(`umid=${id}`))
    const pids = new Set(all.map(({ pid }) => pid))
    return all.filter(({ parentPid }) => !pids.has(parentPid))
  }

  async #ours(): Promise<readonly Process[]> {
    return await processesNaming(`hostfs=${this.#stateDir}/`)
  }

  /** What stands behind a NIC, and waits beside it: they work in a guest's folder. */
  async #switches(): Promise<readonly Process[]> {
    const found = await processesNaming('polyvisor.node=')
    const folders = await Promise.all(found.map(({ pid }) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
    return found.filter((_, index) => folders[index]?.startsWith(`${this.#stateDir}/`))
  }

  async #foreignPid(id: string): Promise<number> {
    return Math.min(...(await processesNaming(`umid=${id}`)).map(({ pid }) => pid))
  }

  #folderOf(id: string): string {
    return join(this.#stateDir, 'instances', id)
  }
}

/** What uml_mconsole prints; empty when nobody answers. */
async function ask(folder: string, command: string): Promise<string> {
  const env = { ...process.env, HOME: folder }
  const outcome = await run('uml_mconsole', [`./mconsole`, command], { cwd: folder, env, timeout: 5_000 }).catch(
    (error: unknown) => error as { readonly stdout?: string },
  )
  return (outcome.stdout ?? '').trim()
}

async function processesNaming(text: string): Promise<readonly Process[]> {
  const { stdout } = await run('ps', ['-ww', '-eo', 'pid=,ppid=,stat=,args='], { maxBuffer: 64 * 1024 ** 2 })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parentPid, state = '', command = ''] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? []
    if (state.startsWith('Z') || !command.includes(text) || command.startsWith('ps ')) return []
    return [{ pid: Number(pid), parentPid: Number(parentPid), command }]
  })
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
