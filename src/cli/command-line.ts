/** The command `polyvisor`: its subcommands, options and examples. Each command's work stands in a file of its own. */
import { readFileSync } from 'node:fs'
import { Argument, Command, CommanderError, Option } from 'commander'
import { roles } from '../config/config.ts'
import type { ConfigSources } from '../config/load-config.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Json } from '../util/json.ts'
import type { ApiClient } from './api-client.ts'
import type { BackupWork } from './backup.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Shell } from './completion.ts'
import { addDiskCommands } from './disk/add-disk-commands.ts'
import type { ValidateHost } from './host-doctor.ts'
import type { StartService } from './serve.ts'

export interface CommandLineParts {
  /** Given by bin, since the command line itself does not know the service. */
  readonly startService: StartService
  /** Given by bin, because it opens the database. */
  readonly loadBackup: () => Promise<BackupWork>
  /** Given by bin, because it loads drivers. */
  readonly loadValidateHost: () => Promise<ValidateHost>
}

interface DataDirOptions {
  readonly dataDir?: string
}
interface ServeOptions extends DataDirOptions {
  readonly role?: string
  readonly config?: string
  readonly listen?: string
  readonly publicUrl?: string
  readonly driver?: readonly string[]
  readonly logLevel?: string
  readonly allowPlaintext?: boolean
  readonly set?: readonly string[]
}

/** @returns the exit code; nothing is thrown for what a user can cause */
export async function runCommandLine(args: readonly string[], parts: CommandLineParts): Promise<number> {
  try {
    await buildProgram(parts).parseAsync(args, { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    // commander has printed its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    if (error instanceof CliError) {
      console.error(`polyvisor: ${error.message}`)
      return error.exitCode
    }
    console.error('polyvisor: this should not have happened:', error)
    return exitCodes.failed
  }
}

function buildProgram(parts: CommandLineParts): Command {
  const program = new Command('polyvisor')
    .description('One cloud API over every hypervisor.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(polyvisor --help shows what there is)')
    .addHelpText('after', examples)
  addServe(program, parts)
  addOpenrc(program)
  addHost(program, parts)
  addOperation(program)
  addExplain(program)
  addBackup(program, parts)
  addDiskCommands(program)
  addCompletion(program)
  return program
}

const examples = `
Examples:
  polyvisor serve                                    real hypervisors, data in the default place, on 127.0.0.1:8774
  polyvisor serve --data-dir ./data --driver sim     simulated hosts, to try the API
  eval "$(polyvisor openrc --data-dir ./data)"       then: openstack server list
  polyvisor host doctor --driver qemu                can this machine run guests, and what is missing
  polyvisor host list --data-dir ./data
  polyvisor operation show 3f0c… --json
  polyvisor explain --flavor m1.small --image cirros    would it find a host, and if not, why
  polyvisor backup --data-dir ./data polyvisor.tar      while it runs; polyvisor restore makes a new folder of it
  polyvisor disk convert --to qcow2 vm.vmdk vm.qcow2    no service needed; polyvisor disk --help shows more`

const dataDirHelp = 'folder of the service’s data'

function addServe(program: Command, parts: CommandLineParts): void {
  withDrivers(program.command('serve'))
    .description('run the service until SIGTERM or SIGINT')
    .addOption(new Option('--role <role>', 'what this process runs; all when left out').choices([...roles]))
    .option('--listen <host:port>', 'address to listen on')
    .option('--public-url <url>', 'address that links and the catalog show')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .option('--allow-plaintext', 'let passwords travel unencrypted beyond this machine')
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./serve.ts')
      await serve(await configSources(options), parts.startService)
    })
}

function addOpenrc(program: Command): void {
  program
    .command('openrc')
    .description('print shell lines that make `openstack` work as admin')
    .option('--data-dir <dir>', dataDirHelp)
    .action(async (options: DataDirOptions) => {
      const { printOpenrc } = await import('./openrc.ts')
      await printOpenrc(await dataDirOf(options))
    })
}

function addHost(program: Command, { loadValidateHost }: CommandLineParts): void {
  const host = program.command('host').description('the places that run VMs')
  withClient(host.command('list').description('list hosts and how full they are')).action(
    async (options: ClientOptions) => {
      const { printHosts } = await import('./host-list.ts')
      await printHosts(await connect(options), { json: options.json === true })
    },
  )
  withDrivers(host.command('doctor'))
    .description('check this machine for what drivers need, and say what to install or change; changes nothing')
    .option('--json', 'print JSON')
    .action(async ({ json, ...options }: ServeOptions & { readonly json?: boolean }) => {
      const { loadConfigOrExplain } = await import('./serve.ts')
      const config = loadConfigOrExplain(await configSources(options))
      const { printHostChecks } = await import('./host-doctor.ts')
      await printHostChecks(await loadValidateHost(), config, { json: json === true })
    })
  addHostMaintenance(host)
}

interface DrainOptions extends ClientOptions {
  readonly cold?: true
  readonly wait?: true
}

function addHostMaintenance(host: Command): void {
  withClient(host.command('drain').description('disable a host and move its servers elsewhere, for maintenance'))
    .argument('<host>', 'name or id')
    .option('--cold', 'also servers that run where there is no live migration: they are off meanwhile')
    .option('--wait', 'until all have moved; ends with 1 when some have not')
    .action(async (name: string, { cold, wait, ...options }: DrainOptions) => {
      const { drainHost } = await import('./host-drain.ts')
      const flags = { cold: cold === true, wait: wait === true, json: options.json === true }
      await drainHost(await connect(options), name, flags)
    })
  withClient(host.command('disable').description('let no new servers come to a host'))
    .argument('<host>', 'name or id')
    .option('--reason <text>', 'shown wherever the host is')
    .action(async (name: string, { reason, ...options }: ClientOptions & { readonly reason?: string }) => {
      const { setEnabled } = await import('./host-drain.ts')
      await setEnabled(await connect(options), name, { enabled: false, reason })
    })
  withClient(host.command('enable').description('let new servers come to a host again'))
    .argument('<host>', 'name or id')
    .action(async (name: string, options: ClientOptions) => {
      const { setEnabled } = await import('./host-drain.ts')
      await setEnabled(await connect(options), name, { enabled: true })
    })
}

/** The options that say which drivers, with which settings, in which folder. */
function withDrivers(command: Command): Command {
  return command
    .option('--config <file>', 'YAML file with settings (flags and POLYVISOR_… variables win over it)')
    .option('--data-dir <dir>', dataDirHelp)
    .option(
      '--driver <name-or-path>',
      'this driver only, such as sim or ./my-driver/index.js; may be repeated',
      collect,
    )
    .option('--set <key=value>', 'any other setting, for example limits.bodyBytes=65536; may be repeated', collect)
}

function addOperation(program: Command): void {
  const operation = program.command('operation').description('pieces of work that take several steps')
  withClient(operation.command('show').description('show how far one operation came'))
    .argument('<id>', 'id of the operation')
    .action(async (id: string, options: ClientOptions) => {
      const { printOperation } = await import('./operation-show.ts')
      await printOperation(await connect(options), id, { json: options.json === true })
    })
}

function addExplain(program: Command): void {
  withClient(program.command('explain').description('say what would become of a request for servers, and why'))
    .requiredOption('--flavor <flavor>', 'id or name')
    .requiredOption('--image <image>', 'id or name')
    .option('--count <n>', 'how many servers', readCount, 1)
    .action(async ({ flavor, image, count, ...options }: ClientOptions & ExplainFlags) => {
      const { printExplanation } = await import('./explain.ts')
      await printExplanation(await connect(options), { flavor, image, count, json: options.json === true })
    })
}

function addBackup(program: Command, { loadBackup }: CommandLineParts): void {
  program
    .command('backup')
    .description('write one file with the database, the images and the admin password; the service may run meanwhile')
    .argument('<file>', 'the archive, for example polyvisor.tar; guests’ disks are not in it')
    .option('--data-dir <dir>', dataDirHelp)
    .action(async (file: string, options: DataDirOptions) => {
      const { backUp } = await import('./backup.ts')
      await backUp(await loadBackup(), await dataDirOf(options), file, readVersion())
    })
  program
    .command('restore')
    .description('make a new data directory of what backup wrote')
    .argument('<file>', 'the archive')
    .requiredOption('--data-dir <dir>', 'empty or new folder')
    .action(async (file: string, options: DataDirOptions) => {
      const { restore } = await import('./backup.ts')
      await restore(await loadBackup(), await dataDirOf(options), file)
    })
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and flags, for example: source <(polyvisor completion bash)')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: Shell) => {
      const { completionScript } = await import('./completion.ts')
      console.log(completionScript(shell, program))
    })
}

interface ExplainFlags {
  readonly flavor: string
  readonly image: string
  readonly count: number
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new CliError(exitCodes.usage, `--count ${text}: must be a whole number from 1 to 999`)
}

interface ClientOptions extends DataDirOptions {
  readonly json?: boolean
}

function withClient(command: Command): Command {
  return command
    .addOption(new Option('--data-dir <dir>', `${dataDirHelp}; without it the OS_… variables say where the service is`))
    .option('--json', 'print JSON')
}

/** As the admin of --data-dir; else as the OS_… variables say; else as the admin of the default data directory. */
async function connect(options: ClientOptions): Promise<ApiClient> {
  const { logIn } = await import('./api-client.ts')
  if (options.dataDir === undefined && (process.env['OS_AUTH_URL'] ?? '') !== '') {
    return logIn(Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])))
  }
  const { readOpenrc } = await import('./openrc.ts')
  const { variables } = await readOpenrc(await dataDirOf(options))
  return logIn(variables)
}

async function dataDirOf(options: DataDirOptions): Promise<string> {
  const { loadConfigOrExplain } = await import('./serve.ts')
  return loadConfigOrExplain(await configSources(options)).dataDir
}

async function configSources(options: ServeOptions): Promise<ConfigSources> {
  // Loaded only where it is needed: it costs commands that read no settings more time than all else that they load.
  const { parseText } = await import('../config/load-config.ts')
  const named = [
    ['role', '--role', options.role],
    ['dataDir', '--data-dir', options.dataDir],
    ['listen', '--listen', options.listen],
    ['publicUrl', '--public-url', options.publicUrl],
    ['drivers', '--driver', options.driver],
    ['logLevel', '--log-level', options.logLevel],
    ['allowPlaintext', '--allow-plaintext', options.allowPlaintext],
  ] as const
  return {
    environment: process.env,
    ...(options.config === undefined ? {} : { file: options.config }),
    flags: [
      ...named.flatMap(([key, origin, value]) => (value === undefined ? [] : [{ key, origin, value }])),
      ...(options.set ?? []).map((text) => parseAssignment(text, parseText)),
    ],
  }
}

function parseAssignment(
  text: string,
  parseText: (key: string, text: string, origin: string) => Json,
): NonNullable<ConfigSources['flags']>[number] {
  const equals = text.indexOf('=')
  if (equals < 1)
    throw new CliError(exitCodes.usage, `--set ${text}: must be KEY=VALUE, for example limits.bodyBytes=65536`)
  const key = text.slice(0, equals)
  try {
    return { key, value: parseText(key, text.slice(equals + 1), '--set'), origin: '--set' }
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(exitCodes.usage, error.message, { cause: error })
    throw error
  }
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value]
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
