/** The thread of `programs.ts`. */
import { execFile, spawn } from 'node:child_process'
import { parentPort } from 'node:worker_threads'
import type { FromThread, StartOptions, ToThread } from './programs.ts'

function send(message: FromThread): void {
  parentPort?.postMessage(message)
}

function run({ id, file, args, options }: Extract<ToThread, { kind: 'run' }>): void {
  execFile(file, args, { ...options, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
    if (error === null) send({ id, kind: 'ran', output: { stdout, stderr } })
    else send({ id, kind: 'failed', error: { message: error.message, stdout, stderr } })
  })
}

function start(id: number, file: string, args: readonly string[], { stdio, ...options }: StartOptions): void {
  const child = spawn(file, args, { ...options, stdio: [...stdio], detached: true })
  child.unref()
  child.once('spawn', () => send({ id, kind: 'started' }))
  child.once('exit', () => send({ id, kind: 'ended' }))
  child.once('error', (error) => fail(id, error))
}

function fail(id: number, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  send({ id, kind: 'failed', error: { message, stdout: '', stderr: '' } })
}

parentPort?.on('message', (message: ToThread) => {
  try {
    if (message.kind === 'run') run(message)
    else start(message.id, message.file, message.args, message.options)
  } catch (error) {
    fail(message.id, error) // a parameter that no program can be given
  }
})
