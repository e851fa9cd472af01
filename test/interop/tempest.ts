/** Debian's tempest in a workspace of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recorded } from './score.ts'

/** They want a network that is configured; the shared one has this name. */
const withFixedNetwork = /\.(test_list_server_filters|admin\.test_networks|test_tenant_networks)\./
const fixedNetwork = '[compute]\nfixed_network_name = shared\n'

const readSubunit = fileURLToPath(new URL('read-subunit.py', import.meta.url))

export class Tempest {
  readonly #workspace: string
  /** What its commands print. */
  readonly #said: string

  private constructor(folder: string) {
    this.#workspace = join(folder, 'workspace')
    this.#said = join(folder, 'output')
  }

  /** @param folder is made; everything that tempest writes lies in it */
  static async init(folder: string, config: (folder: string) => Promise<string>): Promise<Tempest> {
    const tempest = new Tempest(folder)
    const workspace = tempest.#workspace
    await mkdir(tempest.#said, { recursive: true })
    await tempest.#run('init', '/usr/bin/tempest', ['init', workspace])
    await mkdir(join(workspace, 'lock'), { recursive: true })
    const text = await config(workspace)
    await writeFile(join(workspace, 'etc/tempest.conf'), text, { mode: 0o600 })
    await writeFile(tempest.#fixedNetworkConf, text.replace('[compute]\n', fixedNetwork), { mode: 0o600 })
    return tempest
  }

  get #fixedNetworkConf(): string {
    return join(this.#workspace, 'etc/tempest-fixed-network.conf')
  }

  /** Tests whose name the expression finds, as `--load-list` takes them. */
  async list(regex: string): Promise<readonly string[]> {
    await this.#run('list', '/usr/bin/tempest', ['run', '--list-tests', '--regex', regex])
    const text = await readFile(join(this.#said, 'list.stdout'), 'utf8')
    return text.split('\n').filter((line) => /^tempest\.\S+$/.test(line))
  }

  /** Runs them, however they end. @returns what became of them and of their classes */
  async run(tests: readonly string[], concurrency: number): Promise<readonly Recorded[]> {
    const { plain = [], onNetwork = [] } = Object.groupBy(tests, (test) =>
      withFixedNetwork.test(test) ? 'onNetwork' : 'plain',
    )
    const config = ['--config-file', this.#fixedNetworkConf]
    return [
      ...(plain.length === 0 ? [] : await this.#runList(plain, concurrency, [])),
      ...(onNetwork.length === 0 ? [] : await this.#runList(onNetwork, concurrency, config)),
    ]
  }

  async #runList(
    tests: readonly string[],
    concurrency: number,
    config: readonly string[],
  ): Promise<readonly Recorded[]> {
    const list = join(this.#workspace, 'list.txt')
    await writeFile(list, `${tests.join('\n')}\n`)
    const options = [...config, '--load-list', list, '--concurrency', String(concurrency)]
    await this.#run('run', '/usr/bin/tempest', ['run', ...options], 'may fail')
    await this.#run('last', '/usr/bin/stestr', ['last', '--subunit'], 'may fail')
    await this.#run('read', '/usr/bin/python3', [readSubunit, join(this.#said, 'last.stdout')])
    const lines = await readFile(join(this.#said, 'read.stdout'), 'utf8')
    return lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Recorded)
  }

  /** What it prints goes to files of that name. */
  async #run(name: string, command: string, args: readonly string[], mayFail?: 'may fail'): Promise<void> {
    const files = ['stdout', 'stderr'].map((stream) => openSync(join(this.#said, `${name}.${stream}`), 'w'))
    const child = spawn(command, args, {
      // It logs where it is, and makes a workspace where nothing is.
      cwd: name === 'init' ? this.#said : this.#workspace,
      stdio: ['ignore', ...files],
      // Its home: there it keeps its list of workspaces.
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: this.#said, LANG: 'C.UTF-8' },
    })
    const [status] = (await once(child, 'exit')) as [number | null]
    files.forEach(closeSync)
    if (status === 0 || mayFail !== undefined) return
    const said = await readFile(join(this.#said, `${name}.stderr`), 'utf8')
    throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said.slice(-4000)}`)
  }
}
