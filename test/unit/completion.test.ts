/** The completion scripts, asked as the shells ask them. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { runCommandLine } from '../../src/cli/command-line.ts'

const run = promisify(execFile)
const unused = async (): Promise<never> => {
  throw new Error('nothing else is to run')
}

async function scriptFor(t: TestContext, shell: string): Promise<string> {
  const printed: string[] = []
  t.mock.method(console, 'log', (text: string) => printed.push(text))
  try {
    const parts = { startService: unused, loadBackup: unused, loadValidateHost: unused }
    assert.equal(await runCommandLine(['completion', shell], parts), 0)
  } finally {
    t.mock.restoreAll()
  }
  return printed.join('\n')
}

/** @returns what bash offers for the last of the words */
async function offered(script: string, words: readonly string[]): Promise<readonly string[]> {
  const ask = `${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _polyvisor; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await run('bash', ['-u', '-c', ask, 'bash', 'polyvisor', ...words])
  return stdout.split('\n').filter((line) => line !== '')
}

test('bash completes commands, commands below them, flags and arguments', async (t) => {
  const script = await scriptFor(t, 'bash')
  assert.deepEqual(await offered(script, ['ser']), ['serve'])
  assert.deepEqual(await offered(script, ['operation', 'sh']), ['show'])
  assert.deepEqual(await offered(script, ['serve', '--data-dir', '/tmp', '--pub']), ['--public-url'])
  assert.deepEqual(await offered(script, ['host', 'list', '--js']), ['--json'])
  assert.deepEqual(await offered(script, ['host', 'do']), ['doctor'])
  assert.deepEqual(await offered(script, ['host', 'doctor', '--dr']), ['--driver'])
  assert.deepEqual(await offered(script, ['completion', '']), ['bash', 'zsh', 'fish', '--help'])
  assert.ok((await offered(script, [''])).includes('backup'))
})

test('bash completes folders where a folder is wanted, and leaves other values alone', async (t) => {
  const script = await scriptFor(t, 'bash')
  assert.deepEqual(await offered(script, ['serve', '--data-dir', '/usr/bi']), ['/usr/bin'])
  assert.deepEqual(await offered(script, ['serve', '--log-level', '']), [])
})

for (const shell of ['zsh', 'fish']) {
  test(`the script for ${shell} is one that ${shell} can read`, async (t) => {
    const script = await scriptFor(t, shell)
    for (const word of ['serve', 'restore', 'data-dir']) assert.ok(script.includes(word))
    const there = await run(shell, ['--version']).catch(() => undefined)
    if (there === undefined) return t.skip(`${shell} is not installed`)
    await run(shell, ['-n', '-c', script])
  })
}
