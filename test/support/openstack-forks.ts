/** Runs Debian's `openstack` client as openstack-forks.py does: a process per command, its modules imported once for all. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./openstack-forks.py', import.meta.url))
/** Debian's; another one in PATH has other modules. */
const python = '/usr/bin/python3'
const timeoutMs = 180_000

export interface Ran {
  /** Below 0: ended by that signal. */
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

type Report = { readonly id: number; readonly pid: number } | { readonly id: number; readonly status: number }

/** @param env all that it sees of an environment */
export async function runOpenstack(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-openstack.'))
  const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')]
  try {
    const status = await forks().run(args, env, out, err)
    return { status, stdout: await readFile(out, 'utf8'), stderr: await readFile(err, 'utf8') }
  } finally {
    await rm(folder, { recursive: true })
  }
}

let started: Forks | undefined
function forks(): Forks {
  started ??= new Forks()
  return started
}

class Forks {
  readonly #process: ChildProcessByStdio<Writable, Readable, null> = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  readonly #waiting = new Map<number, { ended(status: number): void; failed(error: Error): void; pid?: number }>()
  #lastId = 0

  constructor() {
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(JSON.parse(line) as Report))
    this.#process.on('error', (error) => this.#break(error))
    this.#process.stdin.on('error', (error) => this.#break(error))
    this.#process.on('exit', (code, signal) => this.#break(new Error(`${script} ended: ${code ?? signal}`)))
    this.#holdUp(false)
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>>, out: string, err: string): Promise<number> {
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    this.#waiting.set(id, { ended: resolve, failed: reject })
    this.#holdUp(true)
    this.#process.stdin.write(`${JSON.stringify({ id, args, env, stdout: out, stderr: err })}\n`)
    const timer = setTimeout(() => {
      const pid = this.#waiting.get(id)?.pid
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      else reject(new Error(`${script} started nothing for ${timeoutMs / 1000} s`))
    }, timeoutMs)
    return promise.finally(() => {
      clearTimeout(timer)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#holdUp(false)
    })
  }

  #hear(report: Report): void {
    const waiting = this.#waiting.get(report.id)
    if (waiting === undefined) return
    if ('pid' in report) waiting.pid = report.pid
    else waiting.ended(report.status)
  }

  #break(error: Error): void {
    for (const { failed } of this.#waiting.values()) failed(error)
    started = undefined
  }

  /** Whether this process waits for it: not while nothing runs. */
  #holdUp(wanted: boolean): void {
    const { stdin, stdout } = this.#process as unknown as Record<'stdin' | 'stdout', { ref(): void; unref(): void }>
    for (const each of [this.#process, stdin, stdout]) {
      if (wanted) each.ref()
      else each.unref()
    }
  }
}
