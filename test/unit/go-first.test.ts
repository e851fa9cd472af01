// One database is enough: there is none.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Precedence } from '../../src/process/go-first.ts'

interface Seen {
  readonly precedence: Precedence
  readonly own: number
  readonly child: string
  readonly thread: number
  readonly session: string
}

const module = fileURLToPath(new URL('../../src/process/go-first.ts', import.meta.url))
const program = `
const { execFileSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { getPriority } = require('node:os')
const { Worker } = require('node:worker_threads')
const autogroup = '/proc/self/autogroup'
import(${JSON.stringify(module)}).then(async ({ goFirst }) => {
  const precedence = await goFirst()
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(require("node:os").getPriority())', { eval: true })
  worker.once('message', (thread) => console.log(JSON.stringify({
    precedence, own: getPriority(), child: execFileSync('nice', { encoding: 'utf8' }).trim(), thread,
    session: (() => { try { return readFileSync(autogroup, 'latin1').trim() } catch { return '' } })(),
  })))
})`

// The bit of CAP_SYS_NICE.
const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'
const isAllowed = ((BigInt(`0x${capabilities}`) >> 23n) & 1n) === 1n
const notAllowed = isAllowed ? false : 'it takes CAP_SYS_NICE: run as root, in a container with --cap-add SYS_NICE'
const sharesBySession = existsSync('/proc/self/autogroup')

describe('the service goes before other work', () => {
  test('its event loop alone does, and the session that it leads', { skip: notAllowed }, async () => {
    const seen = await run([], { leads: true })
    assert.deepEqual(seen.precedence, { thread: true, session: sharesBySession })
    assert.deepEqual([seen.own, seen.child, seen.thread], [-10, '0', 0])
    if (sharesBySession) assert.match(seen.session, / nice -10$/)
  })

  test('a session that it shares with others has what it had', { skip: notAllowed }, async () => {
    const seen = await run([], { leads: false })
    assert.deepEqual(seen.precedence, { thread: true, session: false })
  })

  test('what somebody chose for it stays', { skip: notAllowed }, async () => {
    const seen = await run(['nice', '-n', '5'], { leads: false })
    assert.deepEqual([seen.precedence, seen.own], [{ thread: false, session: false }, 5])
  })

  test('whoever may not do it works as before', { skip: notAllowed }, async () => {
    const seen = await run(['setpriv', '--bounding-set=-all'], { leads: true })
    assert.deepEqual([seen.precedence, seen.own], [{ thread: false, session: false }, 0])
  })
})

async function run(before: readonly string[], { leads }: { readonly leads: boolean }): Promise<Seen> {
  const [file, ...args] = [...before, process.execPath, '--disable-warning=ExperimentalWarning', '-e', program]
  const child = spawn(file ?? '', args, { detached: leads, stdio: ['ignore', 'pipe', 'inherit'] })
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(output) as Seen
}
