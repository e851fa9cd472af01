/**
 * A child process that speaks JSON-RPC 2.0 over its standard input and output, one message a line. Owns the process and the
 * calls in flight; what the messages mean is its user's.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Json, JsonObject } from '../../src/util/json.ts'
import { Lines } from './lines.ts'
import { fromRpcError, gone, toRpcError } from './rpc-errors.ts'

export interface Peer {
  /** Answers what the child asks. */
  onRequest(method: string, params: JsonObject): Promise<Json>
  onNotification(method: string, params: JsonObject): void
  /** A line of its standard error. */
  onComplaint(line: string): void
  /** What went wrong with the process, and did not end it. */
  onTrouble(error: Error): void
}

interface Message {
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: unknown
}

/** Secrets of the service are in its environment: a driver gets none of it but these. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'] as const
const longestLine = 16 * 1024 ** 2
const longestComplaint = 8 * 1024
const lastWordsMs = 1_000

export class RpcChild {
  readonly #child: ChildProcess
  readonly #peer: Peer
  readonly #calls = new Map<number, PromiseWithResolvers<Json>>()
  #lastId = 0
  /** Why we ended it, when we did. */
  #reason: string | undefined
  #isGone = false
  /** Resolves when it is gone, with the reason; calls in flight have failed by then. */
  readonly exited: Promise<string>

  /** @param cwd where it is started, and where a relative `command[0]` lies */
  constructor(command: readonly string[], cwd: string, peer: Peer) {
    const [program = '', ...args] = command
    const env = Object.fromEntries(
      passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    )
    // A process group of its own: Ctrl-C is for the service, which then closes its drivers in order.
    this.#child = spawn(program, args, { cwd, env, detached: true, stdio: 'pipe' })
    this.#peer = peer
    this.exited = new Promise((resolve) => {
      const end = (why: string): void => {
        this.#end(why)
        resolve(why)
      }
      this.#child.on('error', (error) => {
        if (this.pid === undefined) end(error.message)
        else peer.onTrouble(error)
      })
      this.#child.once('exit', (code, signal) => end(this.#reason ?? `it ended with ${signal ?? `exit code ${code}`}`))
    })
    // Without a file descriptor left there is no process, and there are no pipes.
    const { stdin, stdout, stderr } = this.#child as Partial<ChildProcess>
    stdin?.on('error', () => undefined) // its end tells more
    const lines = new Lines(longestLine, (line, isCut) => this.#take(line, isCut))
    stdout?.setEncoding('utf8').on('data', (text: string) => lines.take(text))
    const complaints = new Lines(longestComplaint, (line) => peer.onComplaint(line))
    stderr?.setEncoding('utf8').on('data', (text: string) => complaints.take(text))
    stderr?.once('close', () => complaints.end())
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** @returns the call's id, by which it can be cancelled, and the answer, which fails with a DriverError alone */
  call(method: string, params: JsonObject): { readonly id: number; readonly answer: Promise<Json> } {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<Json>()
    if (this.#isGone) answer.reject(gone('none', 'it has ended'))
    else this.#calls.set(id, answer)
    this.#send({ id, method, params })
    return { id, answer: answer.promise }
  }

  notify(method: string, params: JsonObject): void {
    this.#send({ method, params })
  }

  /** Lets it end by itself: it sees the end of its input. */
  endInput(): void {
    this.#child.stdin?.end()
  }

  kill(reason: string): void {
    this.#reason ??= reason
    this.#child.kill('SIGKILL')
  }

  #send(message: object): void {
    if (!this.#isGone && this.#child.stdin?.writable === true)
      this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }

  #end(why: string): void {
    if (this.#isGone) return
    this.#isGone = true
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    for (const call of calls) call.reject(gone('unknown', why))
    const { stdin, stdout, stderr } = this.#child as Partial<ChildProcess>
    stdin?.destroy()
    // What it said last is still read; guests that it started may hold its pipes for ever.
    setTimeout(() => [stdout, stderr].forEach((pipe) => pipe?.destroy()), lastWordsMs).unref()
  }

  #take(line: string, isCut: boolean): void {
    if (this.#isGone) return
    if (isCut) this.kill(`it wrote a line of more than ${longestLine} characters`)
    else if (line.trim() !== '') this.#receive(line)
  }

  #receive(line: string): void {
    const message = parse(line)
    if (message === undefined) return this.kill(`it wrote a line that is no JSON-RPC message: ${line.slice(0, 200)}`)
    const { id, method, params, result, error } = message
    if (typeof method !== 'string') {
      const call = this.#calls.get(id as number)
      this.#calls.delete(id as number)
      if (error === undefined) call?.resolve((result ?? null) as Json)
      else call?.reject(fromRpcError(error))
    } else if (id === undefined) {
      this.#peer.onNotification(method, fieldsOf(params))
    } else {
      this.#peer.onRequest(method, fieldsOf(params)).then(
        (answer) => this.#send({ id, result: answer }),
        (reason: unknown) => this.#send({ id, error: toRpcError(reason) }),
      )
    }
  }
}

function parse(line: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(line)
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? message : undefined
  } catch {
    return undefined
  }
}

function fieldsOf(params: unknown): JsonObject {
  return typeof params === 'object' && params !== null && !Array.isArray(params) ? (params as JsonObject) : {}
}
