import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ProgramError, runProgram, startProgram } from '../../drivers/local/programs.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const env = { PATH: process.env['PATH'] ?? '' }

describe('programs that are started beside the event loop', () => {
  let folder: string
  before(() => (folder = mkdtempSync(join(tmpdir(), 'polyvisor-programs-'))))
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('what one prints comes back, and it has the folder and the environment that it is given', async () => {
    const { stdout, stderr } = await runProgram('sh', ['-c', 'pwd; echo "$A"; echo b >&2; env | wc -l'], {
      cwd: folder,
      env: { ...env, A: 'a' },
    })
    assert.deepEqual(stdout.split('\n').slice(0, 2), [folder, 'a'])
    assert.equal(stderr, 'b\n')
  })

  test('one that fails, that is not there, or that nobody could start, is an error with what it said', async () => {
    const failed = runProgram('sh', ['-c', 'echo OK; echo why >&2; exit 3'], { env })
    await assert.rejects(failed, (error) => {
      assert.ok(error instanceof ProgramError)
      assert.deepEqual([error.stdout, error.stderr], ['OK\n', 'why\n'])
      return true
    })
    await assert.rejects(runProgram('no-such-program', [], { env }), /ENOENT/)
    await assert.rejects(runProgram('true\0', [], { env }), ProgramError)
    const stdio = ['ignore', 'ignore', 'ignore'] as const
    await assert.rejects(startProgram('no-such-program', [], { env, stdio }), /ENOENT/)
  })

  test('one that takes too long is killed', async () => {
    await assert.rejects(runProgram('sleep', ['1000'], { env, timeout: 100 }), ProgramError)
  })

  test('one that is started writes where it is told to, and its end is seen', async () => {
    const file = join(folder, 'log')
    const fd = openSync(file, 'w')
    const started = await startProgram('sh', ['-c', 'echo said'], { env, stdio: ['ignore', fd, fd] })
    await waitUntil('its end', () => (started.hasEnded ? true : undefined))
    assert.equal(readFileSync(file, 'utf8'), 'said\n')
  })

  test('they are started also where the service stands in a folder that is gone', () => {
    const module = fileURLToPath(new URL('../../drivers/local/programs.ts', import.meta.url))
    const gone = mkdtempSync(join(folder, 'gone-'))
    const text = `
      process.chdir(${JSON.stringify(gone)})
      ;(await import('node:fs')).rmdirSync(${JSON.stringify(gone)})
      const { runProgram } = await import(${JSON.stringify(module)})
      process.stdout.write((await runProgram('echo', ['said'])).stdout)
    `
    const said = execFileSync(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      text,
    ])
    assert.equal(said.toString(), 'said\n')
  })

  test('one that is started outlives who started it, who need not wait for it', async () => {
    const module = fileURLToPath(new URL('../../drivers/local/programs.ts', import.meta.url))
    const pidFile = join(folder, 'pid')
    const text = `
      const { startProgram } = await import(${JSON.stringify(module)})
      const stdio = ['ignore', 'ignore', 'ignore']
      await startProgram('sh', ['-c', 'echo $$ >"$1"; exec sleep 1000', 'sh', ${JSON.stringify(pidFile)}], { env: process.env, stdio })
    `
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', text])
    const read = (): number | undefined =>
      existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) || undefined : undefined
    const pid = await waitUntil('it to say who it is', read)
    process.kill(pid, 'SIGKILL') // throws when there is none
  })
})
